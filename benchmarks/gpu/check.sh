#!/usr/bin/env bash
# Checks the library on a machine with a GPU that has Python with PyTorch, g++ and CUDA's headers, but
# no Java and no network. prepare.sh made what it needs, in benchmarks/target/gpu of this tree.
#
#   benchmarks/gpu/check.sh STEP...
#
# programs  results and times of the TorchScript programs against PyTorch's own (Python alone)
# suite     the tests of ctc-loss and examples/speech but for the rules of packages, the GPU being the default device
# train     speech train with batches of 16 and of 64: utterances a second, memory, error rates
# times     the loss, the LSTM and a training step through DJL
# all       these four
#
# Environment: CHECK_ON_CPU=1 runs on the CPU with the native libraries that Maven put into
# benchmarks/target/app/lib, to try this script; TRAIN_OPTIONS and PROGRAM_OPTIONS are passed on; OUT is
# the folder for reports. The exit status is 0, 1 if a check fails, 2 if it could not be made.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/benchmarks/gpu
bundle=$root/benchmarks/target/gpu
work=$bundle/work
out=${OUT:-$bundle/out}
python=${PYTHON:-python3}
cpu=${CHECK_ON_CPU:-}

say() { echo "== $*"; }
# Broken off with the status of what could not be done.
give_up() { echo "check.sh: $*" >&2; exit 2; }

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }

runtime() {
  [ -f "$bundle/runtime.tar.xz" ] || give_up "no $bundle/runtime.tar.xz: run prepare.sh first, and bring its folder here"
  if [ ! -x "$work/runtime/bin/java" ]; then
    say "unpacking the Java runtime"
    # Python, for not every machine has xz.
    "$python" -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' \
      "$bundle/runtime.tar.xz" "$work" || give_up "the runtime cannot be unpacked"
  fi
  export JAVA_HOME=$work/runtime
  "$JAVA_HOME/bin/java" -version 2>&1 | head -1
}

# Asks PyTorch where it is, and what for.
torch_says() {
  "$python" - "$1" <<'PYTHON' || give_up "$python has no PyTorch that tells its $1"
import glob, inspect, os, re, sys
import torch
home = os.path.dirname(torch.__file__)
nvidia = sorted(glob.glob(os.path.join(os.path.dirname(home), "nvidia", "*")))
def first(folders, name):
    return next((folder for folder in folders if glob.glob(os.path.join(folder, name))), "")
def standard():
    import torch.utils.cpp_extension
    found = re.search(r"-std=(c\+\+\d+)", inspect.getsource(torch.utils.cpp_extension))
    return found.group(1) if found else "c++17"
cuda = os.environ.get("CUDA_HOME", "/usr/local/cuda")
print({
    "home": lambda: home,
    "version": lambda: torch.__version__.split("+")[0],
    "abi": lambda: int(torch._C._GLIBCXX_USE_CXX11_ABI),
    "standard": standard,
    "libraries": lambda: ":".join([os.path.join(home, "lib")] + [f for f in (os.path.join(n, "lib") for n in nvidia) if os.path.isdir(f)]),
    "headers": lambda: first([cuda + "/include"] + [os.path.join(n, "include") for n in nvidia], "cuda_runtime_api.h"),
    "cudart": lambda: next(iter(glob.glob(first([os.path.join(n, "lib") for n in nvidia] + [cuda + "/lib64", cuda + "/lib"], "libcudart.so*") + "/libcudart.so*")), ""),
    "gpu": lambda: torch.cuda.get_device_name() if torch.cuda.is_available() else "",
}[sys.argv[1]]())
PYTHON
}

compile_one() {
  local source=$1
  g++ -c -O2 -fPIC -w "-std=$standard" "-D_GLIBCXX_USE_CXX11_ABI=$abi" -DUSE_CUDA \
    "-I$work/djl" "-I$bundle/djl/include" "-I$home/include" "-I$home/include/torch/csrc/api/include" "-I$headers" \
    "$source" -o "${source%.cc}.o"
}

# DJL's JNI library for the PyTorch of this machine, in a folder as PYTORCH_LIBRARY_PATH wants it.
jni_library() {
  local home version abi standard headers cudart
  home=$(torch_says home) && version=$(torch_says version) && abi=$(torch_says abi) && standard=$(torch_says standard) || exit 2
  headers=$(torch_says headers) && cudart=$(torch_says cudart) || exit 2
  natives=$work/natives
  if [ ! -f "$natives/libdjl_torch.so" ]; then
    [ -n "$headers" ] || give_up "there is no cuda_runtime_api.h: set CUDA_HOME"
    [ -n "$cudart" ] || give_up "there is no libcudart.so: set CUDA_HOME"
    say "compiling DJL's JNI library against PyTorch $version ($standard)"
    rm -rf "$work/djl" "$natives"
    mkdir -p "$work" "$natives"
    cp -R "$bundle/djl/native" "$work/djl" || give_up "no sources of DJL in $bundle: run prepare.sh first"
    # PyTorch has no legacy profiler any more. Starting and stopping it is not called here.
    sed -i -e '/profiler_legacy.cpp$/,/^\/\/ end of copies/d' -e '/torchStartProfile(/,/^}/d' -e '/torchStopProfile(/,/^}/d' \
      -e '/^using namespace torch::autograd::profiler;/d' "$work/djl/ai_djl_pytorch_jni_PyTorchLibrary_system.cc"
    local source running=()
    for source in "$work"/djl/*.cc; do
      compile_one "$source" & running+=($!)
    done
    local job
    for job in "${running[@]}"; do
      wait "$job" || give_up "DJL's JNI library does not compile"
    done
    ln -s "$home"/lib/libtorch.so "$home"/lib/libtorch_c[pu]*.so "$home"/lib/libc10*.so "$natives" || give_up "no libraries in $home/lib"
    ln -s "$cudart" "$natives/libcudart.so"
    g++ -shared "$work"/djl/*.o -o "$natives/libdjl_torch.so" "-L$home/lib" -ltorch -ltorch_cpu -ltorch_cuda -lc10 -lc10_cuda \
      || give_up "DJL's JNI library cannot be linked"
  fi
  export PYTORCH_LIBRARY_PATH=$natives PYTORCH_VERSION=$version
  local libraries
  libraries=$(torch_says libraries) || exit 2
  export LD_LIBRARY_PATH=$natives:$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}

# Everything that Java needs; the library of the CPU natives comes from Maven.
java_ready() {
  [ -z "${ready:-}" ] || return 0
  runtime
  classpath=$bundle/lib/*
  if [ -n "$cpu" ]; then
    local jar
    for jar in "$root"/benchmarks/target/app/lib/pytorch-{native,jni}-*.jar; do
      [ -f "$jar" ] || give_up "no natives of the CPU in benchmarks/target/app/lib: mvn -Dmaven.test.skip package"
      classpath=$classpath:$jar
    done
  else
    jni_library
  fi
  export OMP_WAIT_POLICY=passive
  run -Xmx1g io.github.djlctc.benchmarks.DeviceTimes device || give_up "DJL does not run here"
  ready=1
}

run() { "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$classpath" "$@"; }

programs() {
  say "results and times of the TorchScript programs"
  mkdir -p "$out"
  [ -d "$bundle/programs" ] || give_up "no $bundle/programs: run prepare.sh first"
  # shellcheck disable=SC2086 # options are words
  "$python" "$here/check_programs.py" "$bundle/programs" ${cpu:+--device cpu} ${PROGRAM_OPTIONS:-}
}

suite() {
  java_ready
  local module status=0
  for module in ctc-loss examples/speech; do
    say "tests of $module"
    mkdir -p "$root/$module/target" "$out/suite"
    run_shards "$module" || status=1
  done
  return $status
}

# The test classes of a module in as many processes as there are processors for, four for each.
run_shards() {
  local module=$1 shards shard status=0 running=()
  local classes=$bundle/tests/$module/test-classes
  shards=$((($(nproc) + 3) / 4))
  mapfile -t names < <(cd "$classes" && find . -name '*Test.class' | sed 's|^\./||; s|\.class$||; s|/|.|g' \
    | grep -Ev '\.(PackageRules|ReadsInOnePlace)Test$' | sort)
  [ ${#names[@]} -gt 0 ] || give_up "no test classes in $classes"
  for ((shard = 0; shard < shards; shard++)); do
    local selected=() i
    for ((i = shard; i < ${#names[@]}; i += shards)); do
      selected+=(--select-class "${names[i]}")
    done
    # Beside its sources, where the tests look for files.
    (cd "$root/$module" && run_tests "$classes" "${module//\//-}-$shard" "${selected[@]}") & running+=($!)
  done
  local job
  for job in "${running[@]}"; do
    wait "$job" || status=1
  done
  for ((shard = 0; shard < shards; shard++)); do
    grep -E '^\[ +[0-9]+ tests (successful|failed|skipped|aborted)|MethodSource|=>|JUnit Jupiter:|jqwik:' "$out/suite/${module//\//-}-$shard.txt"
  done
  return $status
}

run_tests() {
  local classes=$1 name=$2
  shift 2
  # As surefire starts them: the heap is resident, so that tests see native memory grow and nothing else.
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Xms2g -Xmx2g -XX:+AlwaysPreTouch -Dai.djl.pytorch.num_threads=2 \
    -cp "$classes:$classpath" org.junit.platform.console.ConsoleLauncher execute "$@" --disable-banner --disable-ansi-colors \
    --details=summary --fail-if-no-tests ${SUITE_OPTIONS:-} > "$out/suite/$name.txt" 2>&1
}

train() {
  java_ready
  local size status=0
  mkdir -p "$out/train"
  for size in 16 64; do
    say "speech train with batches of $size"
    # shellcheck disable=SC2086 # options are words
    run -Xmx4g io.github.djlctc.examples.speech.SpeechCommand train --json --batch-size "$size" --model "$work/model-$size" \
      ${TRAIN_OPTIONS:-} > "$out/train/$size.jsonl" 2> "$out/train/$size.log" \
      || { tail -20 "$out/train/$size.log" >&2; status=1; continue; }
    "$python" "$here/training_rate.py" "$out/train/$size.jsonl" || status=1
  done
  return $status
}

times() {
  java_ready
  say "the loss, the LSTM and a training step through DJL"
  run -Xmx4g io.github.djlctc.benchmarks.DeviceTimes all
}

[ $# -gt 0 ] || usage
[ "$1" != all ] || set -- programs suite train times
for step in "$@"; do
  case $step in programs | suite | train | times) ;; *) usage ;; esac
done
if [ -z "$cpu" ]; then
  gpu=$(torch_says gpu) || exit 2
  [ -n "$gpu" ] || give_up "PyTorch sees no GPU here; CHECK_ON_CPU=1 tries this script on the CPU"
  say "$gpu"
fi
failed=()
for step in "$@"; do
  start=$SECONDS
  "$step" || failed+=("$step")
  say "$step took $((SECONDS - start)) s"
done
[ ${#failed[@]} = 0 ] || { echo "check.sh: failed: ${failed[*]}" >&2; exit 1; }
say "all passed: $*"
