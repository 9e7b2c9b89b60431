#!/usr/bin/env bash
# Runs the programs under load while faults are injected, and counts what is lost.
#
#   benchmarks/soak.sh [--seconds N] [--seed N] [--keep DIR]
#
# --seconds N  how long (default: 3600)
# --seed N     decides when faults come and what they hit (default: 1)
# --keep DIR   work there and leave it; else a temporary folder is used and removed
#
# Two workers take the cases in turns, so that each runs beside another. A case is lost if a program says
# success without all of its output, spoils an earlier result, prints a stack trace, hangs, or ends with a
# status that is not documented. The last lines are a table in Markdown; the exit status is 0 if nothing was
# lost, 1 if something was, 2 if the programs are not built (mvn -Dmaven.test.skip package).
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
decode=$root/examples/decode/target/app/bin/ctc-decode
speech=$root/examples/speech/target/app/bin/speech
data=$root/test-data/src/main/resources/io/github/djlctc/testdata
seconds=3600 seed=1 keep=

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }
give_up() { echo "soak.sh: $*" >&2; exit 2; }
while [ $# != 0 ]; do
  case $1 in
    --seconds) seconds=${2:?}; shift 2 ;;
    --seed) seed=${2:?}; shift 2 ;;
    --keep) keep=${2:?}; shift 2 ;;
    *) usage ;;
  esac
done
[ -x "$decode" ] && [ -x "$speech" ] || give_up "the programs are not built: mvn -B -ntp -Dmaven.test.skip package"
command -v curl > /dev/null || give_up "needs curl"

if [ -n "$keep" ]; then work=$keep; mkdir -p "$work"; else work=$(mktemp -d); fi
work=$(cd "$work" && pwd)
ledger=$work/ledger.tsv
: > "$ledger"

# --- what every case uses ------------------------------------------------------------------------

# Ends a case: NAME FAULTS finished|refused|lost [WHY].
record() {
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4:-}" >> "$ledger"
  if [ "$3" = lost ]; then
    echo "LOST: $1: ${4:-}" >&2
    cp -r "$folder" "$(mktemp -d "$work/lost-$1-XXXX")"
  fi
}

# A number below N.
below() { echo $(((RANDOM * 32768 + RANDOM) % $1)); }

is_explained() { [ -s "$1" ] && ! grep -qE '^\s+at |Exception in thread' "$1"; }

# The programs run under this; killed_within makes it a random time of up to MILLISECONDS, then SIGKILL.
limit=(timeout 300)
killed_within() {
  local limit=(timeout -s KILL "$(($1 / 1000 * $(below 100) / 100)).$(printf %03d "$(($(below "$1") % 1000))")"); shift
  "$@"
}

# Changes one byte of a copy: FILE COPY.
damage() {
  cp "$1" "$2"
  local at; at=$(below "$(stat -c %s "$1")")
  printf "\\x$(printf %02x "$(below 256)")" | dd of="$2" bs=1 seek="$at" conv=notrunc status=none
}

decoding() { "${limit[@]}" "$decode" decode --emissions "$@" --alphabet "$data/emissions/alphabet.txt" --beam 20 --lm "$work/reference.arpa"; }
speaking() { "${limit[@]}" "$speech" "$@"; }
estimating() { "${limit[@]}" "$decode" build-lm --order 3 --discount-fallback --text "$work/text.txt" "$@"; }

# --- the cases -----------------------------------------------------------------------------------

# Killed, then resumed: the output is that of a run that was left alone.
decode_killed() {
  local out=$1/out.jsonl; echo earlier > "$out"
  killed_within 2500 decoding "$data/emissions/strong.npz" --out "$out" > "$1/log" 2>&1
  if ! cmp -s "$out" "$work/decoded.jsonl" && [ "$(cat "$out")" != earlier ]; then
    record decode_killed 1 lost "a part of the output took the place of the earlier one"; return
  fi
  decoding "$data/emissions/strong.npz" --out "$out" --resume > "$1/log" 2>&1; local status=$?
  if [ $status = 0 ] && cmp -s "$out" "$work/decoded.jsonl"; then record decode_killed 1 finished
  else record decode_killed 1 lost "status $status after resuming, or another output"; fi
}

decode_to_full_disk() {
  decoding "$data/emissions/strong.npz" --json > /dev/full 2> "$1/log"; local status=$?
  if [ $status = 1 ] && is_explained "$1/log"; then record decode_to_full_disk 1 refused
  else record decode_to_full_disk 1 lost "status $status"; fi
}

decode_to_closed_pipe() {
  decoding "$data/emissions/strong.npz" --json 2> "$1/log" | head -1 > "$1/line"
  local status=${PIPESTATUS[0]}
  if { [ "$status" = 0 ] || [ "$status" = 1 ] || [ "$status" = 141 ]; } && cmp -s "$1/line" <(head -1 "$work/printed.jsonl"); then
    record decode_to_closed_pipe 1 finished
  else record decode_to_closed_pipe 1 lost "status $status"; fi
}

decode_with_little_space() {
  local out=$1/out.jsonl; echo earlier > "$out"
  (ulimit -f 4; decoding "$data/emissions/strong.npz" --json --out "$out" > "$1/log" 2>&1); local status=$?
  if [ $status = 1 ] && [ "$(cat "$out")" = earlier ] && is_explained "$1/log"; then record decode_with_little_space 1 refused
  else record decode_with_little_space 1 lost "status $status"; fi
}

decode_damaged() {
  damage "$data/emissions/strong.npz" "$1/damaged.npz"
  decoding "$1/damaged.npz" --json > "$1/out.jsonl" 2> "$1/log"; local status=$?
  if [ $status = 0 ] && [ "$(wc -l < "$1/out.jsonl")" = "$(wc -l < "$work/printed.jsonl")" ]; then record decode_damaged 1 finished
  elif { [ $status = 1 ] || [ $status = 2 ]; } && is_explained "$1/log"; then record decode_damaged 1 refused
  else record decode_damaged 1 lost "status $status"; fi
}

estimation_killed() {
  local out=$1/out.arpa; echo earlier > "$out"
  killed_within 1500 estimating --out "$out" > "$1/log" 2>&1
  if cmp -s "$out" "$work/reference.arpa"; then record estimation_killed 1 finished
  elif [ "$(cat "$out")" = earlier ]; then record estimation_killed 1 refused
  else record estimation_killed 1 lost "a part of the model took the place of the earlier one"; fi
}

estimation_with_little_space() {
  local out=$1/out.arpa; echo earlier > "$out"
  (ulimit -f 8; estimating --out "$out" > "$1/log" 2>&1); local status=$?
  if [ $status = 1 ] && [ "$(cat "$out")" = earlier ] && is_explained "$1/log"; then record estimation_with_little_space 1 refused
  else record estimation_with_little_space 1 lost "status $status"; fi
}

model_damaged() {
  local models=("$data"/lm/3gram.*) model
  model=${models[$(below ${#models[@]})]}
  damage "$model" "$1/damaged"
  "${limit[@]}" "$decode" query-lm --lm "$1/damaged" < "$data/lm/text.txt" > "$1/out" 2> "$1/log"; local status=$?
  if [ $status = 0 ] && [ "$(wc -l < "$1/out")" -ge "$(wc -l < "$data/lm/text.txt")" ]; then record model_damaged 1 finished
  elif { [ $status = 1 ] || [ $status = 2 ]; } && is_explained "$1/log"; then record model_damaged 1 refused
  else record model_damaged 1 lost "status $status of $(basename "$model")"; fi
}

# Killed up to four times, then resumed until it ends: the parameters are those of a run that was left alone.
training_killed() {
  local model=$1/model faults=0 status=0
  set -- --model "$model" --threads 1
  local options=("${training[@]}")
  while [ $faults -lt 4 ]; do
    killed_within 12000 speaking train "$@" "${options[@]}" > "${model%model}log" 2>&1; status=$?
    [ $status = 137 ] || break
    faults=$((faults + 1))
    compgen -G "$model/checkpoints/*" > /dev/null && options=(--resume)
  done
  if [ $status != 0 ]; then speaking train "$@" "${options[@]}" > "${model%model}log" 2>&1; status=$?; fi
  if [ $status = 0 ] && cmp -s "$model/speech-0000.params" "$work/model/speech-0000.params"; then record training_killed $faults finished
  else record training_killed $faults lost "status $status, or other parameters than without faults"; fi
}

transcription_killed() {
  mkdir "$1/out"
  killed_within 6000 speaking transcribe --model "$work/model" --greedy --out "$1/out" "$work/sounds" > "$1/log" 2>&1
  local file
  for file in "$1"/out/*.txt; do
    [ -e "$file" ] || continue
    cmp -s "$file" "$work/transcripts/$(basename "$file")" || { record transcription_killed 1 lost "$(basename "$file") is a part"; return; }
  done
  record transcription_killed 1 finished
}

transcription_to_full_disk() {
  speaking transcribe --model "$work/model" --greedy "$work/sounds" > /dev/full 2> "$1/log"; local status=$?
  if [ $status = 1 ] && is_explained "$1/log"; then record transcription_to_full_disk 1 refused
  else record transcription_to_full_disk 1 lost "status $status"; fi
}

parameters_damaged() {
  cp -r "$work/model" "$1/model"
  damage "$work/model/speech-0000.params" "$1/model/speech-0000.params"
  cmp -s "$work/model/speech-0000.params" "$1/model/speech-0000.params" && { record parameters_damaged 0 finished; return; }
  speaking transcribe --model "$1/model" --greedy "$work/sounds" > "$1/out" 2> "$1/log"; local status=$?
  if { [ $status = 1 ] || [ $status = 2 ]; } && is_explained "$1/log"; then record parameters_damaged 1 refused
  else record parameters_damaged 1 lost "status $status"; fi
}

# Eight clients at once, one of which vanishes while it sends: the others get what one alone got.
uploads_broken_off() {
  local address client pids=() file=$work/sounds/$(ls "$work/sounds" | head -1)
  address=$(cat "$work/address")
  for client in 1 2 3 4 5 6 7 8; do
    curl -s -m 120 --retry 20 --retry-delay 1 -X POST -T "$file" "$address/v1/transcriptions" > "$1/answer-$client" 2> "$1/log" & pids+=($!)
  done
  # The shell tells of a killed client.
  { timeout -s KILL 0.3 curl -s --limit-rate 20k -X POST -T "$file" "$address/v1/transcriptions"; } > "$1/vanished" 2>&1
  wait "${pids[@]}"
  for client in 1 2 3 4 5 6 7 8; do
    cmp -s "$1/answer-$client" "$work/answer" || { record uploads_broken_off 1 lost "client $client got another answer"; return; }
  done
  if curl -s -m 30 "$address/health" | grep -q '"ok"'; then record uploads_broken_off 1 finished
  else record uploads_broken_off 1 lost "the server is not well"; fi
}

cases=(decode_killed decode_to_full_disk decode_to_closed_pipe decode_with_little_space decode_damaged
  estimation_killed estimation_with_little_space model_damaged training_killed transcription_killed
  transcription_to_full_disk parameters_damaged uploads_broken_off)

# --- the run -------------------------------------------------------------------------------------

prepare() {
  for _ in $(seq 20); do cat "$data/lm/text.txt" "$data/emissions/sentences.txt"; done > "$work/text.txt"
  estimating --out "$work/reference.arpa" > "$work/log" 2>&1 || give_up "build-lm failed: $(tail -1 "$work/log")"
  decoding "$data/emissions/strong.npz" --json > "$work/printed.jsonl" 2> "$work/log" \
    && decoding "$data/emissions/strong.npz" --out "$work/decoded.jsonl" > "$work/log" 2>&1 || give_up "decode failed: $(tail -1 "$work/log")"
  training=(--utterances 64 --epochs 2 --checkpoint-every 1 --seed 1)
  speaking train --model "$work/model" --threads 1 "${training[@]}" > "$work/log" 2>&1 || give_up "train failed: $(tail -1 "$work/log")"
  speaking synthesize --utterances 12 --validation-utterances 2 --test-utterances 2 "$work/spoken" > "$work/log" 2>&1 || give_up "synthesize failed: $(tail -1 "$work/log")"
  cp -r "$work/spoken/train" "$work/sounds"
  speaking transcribe --model "$work/model" --greedy --out "$work/transcripts" "$work/sounds" > "$work/log" 2>&1 || give_up "transcribe failed: $(tail -1 "$work/log")"
}

serve() {
  "$speech" serve --model "$work/model" --port 0 > "$work/serve.log" 2>&1 & server=$!
  for _ in $(seq 120); do
    grep -oE 'http://127.0.0.1:[0-9]+' "$work/serve.log" > "$work/address" && break
    sleep 0.5
  done
  curl -s -m 120 -X POST -T "$work/sounds/$(ls "$work/sounds" | head -1)" "$(cat "$work/address")/v1/transcriptions" > "$work/answer" \
    && grep -q '"text"' "$work/answer" || give_up "serve failed: $(tail -1 "$work/serve.log")"
}

work_through() {
  local worker=$1 turn=0 folder name
  RANDOM=$((seed * 2 + worker))
  while [ $SECONDS -lt "$seconds" ]; do
    name=${cases[$(((turn + worker * ${#cases[@]} / 2) % ${#cases[@]}))]}
    turn=$((turn + 1))
    folder=$work/case-$BASHPID; rm -rf "$folder"; mkdir "$folder"
    "$name" "$folder"
  done
}

report() {
  awk -F '\t' '
    { runs[$1]++; faults[$1] += $2; ends[$1 " " $3]++; all += $2; if ($3 == "lost") lost++; if (!($1 in seen)) { seen[$1]; order[++n] = $1 } }
    END {
      print "| case | runs | faults injected | finished | refused | lost |"
      print "|---|---|---|---|---|---|"
      for (i = 1; i <= n; i++) {
        name = order[i]; label = name; gsub("_", " ", label)
        printf "| %s | %d | %d | %d | %d | %d |\n", label, runs[name], faults[name], ends[name " finished"], ends[name " refused"], ends[name " lost"]
      }
      printf "| all | %d | %d | | | %d |\n", NR, all, lost
      exit lost > 0
    }' "$ledger"
}

server= workers=()
trap 'exit 1' INT TERM
trap 'for pid in "${workers[@]}" $server; do kill "$pid" 2> /dev/null; done; [ -n "$keep" ] || rm -rf "$work"' EXIT
echo "preparing in $work"
prepare
serve
echo "running for $seconds s"
SECONDS=0
for worker in 0 1; do work_through $worker & workers+=($!); done
wait "${workers[@]}"
report
