import {Microphone, microphoneProblem, SoundView} from "./sound.js";
import {Transcript, clock} from "./transcript.js";

const MOST_HOTWORDS = 50;
const LONGEST_HOTWORD = 60;
const MOST_UNSENT_SECONDS = 10;
const MOST_FINISHING_MILLIS = 10000;
const TOKEN_KEY = "speech-token";
const UNAUTHORIZED = 4401;

const id = (name) => document.getElementById(name);

const transcript = new Transcript(
    {
      sentences: id("sentences"),
      said: id("said"),
      live: id("live"),
      stable: id("stable"),
      guess: id("guess"),
      empty: id("empty"),
      scroll: id("scroll"),
      word: id("word"),
    },
    showActions);
const view = new SoundView(id("spectrogram"), id("level"));

/** The recording that is going on, or null. */
let recording = null;
let upload = null;
let reaching = false;

// --- Messages ---

function showProblem(text, retry = null) {
  id("problem-text").textContent = text;
  id("problem").hidden = false;
  id("problem-retry").hidden = retry === null;
  id("problem-retry").onclick = retry;
}

function hideProblem() {
  id("problem").hidden = true;
}

function showState(state, text) {
  id("state").dataset.state = state;
  id("state-text").textContent = text;
}

function showActions() {
  for (const name of ["copy", "save-text", "save-srt", "save-vtt", "clear"]) {
    id(name).disabled = transcript.segments.length === 0;
  }
}

// --- Token ---

function token() {
  return sessionStorage.getItem(TOKEN_KEY);
}

/** Asks for the token; gives false if the user does not give one. */
function askForToken(problem) {
  const dialog = id("token-dialog");
  id("token-problem").textContent = problem;
  id("token").value = "";
  dialog.returnValue = "";
  return new Promise((resolve) => {
    id("token-form").onsubmit = () => {
      sessionStorage.setItem(TOKEN_KEY, id("token").value);
      dialog.returnValue = "given";
    };
    id("token-cancel").onclick = () => dialog.close("");
    dialog.onclose = () => resolve(token() !== null && id("token").value !== "");
    dialog.showModal();
  });
}

function authorization() {
  return token() === null ? {} : {Authorization: `Bearer ${token()}`};
}

// --- Server ---

/** Asks the server how it is; gives null if it is gone. */
async function health() {
  try {
    const response = await fetch("/health");
    if (!response.ok) {
      throw new Error((await response.json()).error);
    }
    const answer = await response.json();
    showState("ready", "Ready");
    return answer;
  } catch {
    showState("gone", "No server");
    return null;
  }
}

async function reconnect() {
  hideProblem();
  const answer = await health();
  if (answer === null) {
    showProblem("The server cannot be reached. Is it still running?", reconnect);
  }
  return answer;
}

/**
 * Asks the server how it is, and the user for its token, before sound is sent. Gives null if either
 * is missing, or if this is going on already: two recordings at once could not both be stopped.
 */
async function reach() {
  if (reaching) {
    return null;
  }
  reaching = true;
  try {
    const answer = await reconnect();
    const wanted = answer !== null && answer.token && token() === null;
    return wanted && !(await askForToken("")) ? null : answer;
  } finally {
    reaching = false;
  }
}

function hotwords() {
  return id("hotwords").value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

function checkHotwords() {
  const words = hotwords();
  const long = words.find((word) => word.length > LONGEST_HOTWORD);
  id("hotword-count").textContent = words.length > 0 ? `(${words.length})` : "";
  id("hotwords").setCustomValidity(
      long ? `At most ${LONGEST_HOTWORD} characters a line.`
          : words.length > MOST_HOTWORDS ? `At most ${MOST_HOTWORDS} lines.` : "");
}

// --- Recording ---

class Recording {
  constructor() {
    this.seconds = 0;
    this.socket = null;
    this.microphone = null;
    this.ended = false;
  }

  async start() {
    this.microphone = await Microphone.open((samples) => this.send(samples));
    if (this.ended) {
      await this.microphone.close();
      return;
    }
    this.rate = this.microphone.rate;
    await this.connect();
    if (!this.ended) {
      view.start(this.microphone.analyser);
    }
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/v1/stream`);
    this.socket = socket;
    return new Promise((resolve, reject) => {
      socket.onopen = () => {
        if (this.ended) {
          socket.close(1000);
          return;
        }
        const start = {action: "start", rate: this.rate, hotwords: hotwords()};
        if (token() !== null) {
          start.token = token();
        }
        socket.send(JSON.stringify(start));
      };
      socket.onmessage = ({data}) => {
        const message = JSON.parse(data);
        if (message.event === "ready") {
          this.ready = true;
          resolve();
        }
        this.receive(message);
      };
      socket.onclose = (event) => {
        reject(event);
        this.closed(event);
      };
    });
  }

  send(buffer) {
    const socket = this.socket;
    if (!this.ready || socket.readyState !== WebSocket.OPEN) {
      return;
    }
    const {rate} = this;
    if (socket.bufferedAmount > 2 * rate * MOST_UNSENT_SECONDS) {
      showProblem("The server or the network is too slow for live sound, so recording was stopped.");
      stop();
      return;
    }
    socket.send(buffer);
    this.seconds += buffer.byteLength / 2 / rate;
    id("clock").textContent = clock(this.seconds);
  }

  receive(message) {
    switch (message.event) {
      case "progress":
        transcript.progress(message.stable, message.guess);
        break;
      case "sentence":
        transcript.add(message);
        break;
      case "error":
        this.error = message.reason;
        break;
    }
  }

  async closed(event) {
    if (this === recording) {
      recording = null;
      showRecording(false);
    }
    transcript.progress("", "");
    await this.release();
    if (event.code === UNAUTHORIZED) {
      sessionStorage.removeItem(TOKEN_KEY);
      if (await askForToken(this.hadToken ? "That was not the token." : "")) {
        start();
      }
    } else if (event.code !== 1000 && !(this.ended && !this.ready)) {
      const reason = this.error || event.reason;
      showProblem(
          reason ? `The server ended the recording: ${reason}.`
              : "The connection to the server was lost. What was said so far is kept.",
          reason ? null : reconnect);
      health();
    }
  }

  async release() {
    if (this.microphone) {
      view.stop();
      const {microphone} = this;
      this.microphone = null;
      await microphone.close();
    }
  }

  /** Ends the recording; the server says what is left to say and closes. */
  async stop() {
    this.ended = true;
    await this.release();
    const {socket} = this;
    if (socket?.readyState === WebSocket.OPEN) {
      const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
      socket.send(JSON.stringify({action: "stop"}));
      const late = setTimeout(() => socket.close(1000), MOST_FINISHING_MILLIS);
      await closed;
      clearTimeout(late);
    }
  }
}

function showRecording(on) {
  id("record").setAttribute("aria-pressed", String(on));
  id("record-text").textContent = on ? "Stop" : "Start";
  id("choose").disabled = on;
  showState(on ? "listening" : "ready", on ? "Listening" : "Ready");
}

async function start() {
  hideProblem();
  if (!id("hotwords").checkValidity()) {
    id("hotword-details").open = true;
    id("hotwords").reportValidity();
    return;
  }
  if ((await reach()) === null) {
    return;
  }
  transcript.begin();
  recording = new Recording();
  recording.hadToken = token() !== null;
  showRecording(true);
  id("clock").textContent = "0:00";
  const current = recording;
  try {
    await current.start();
  } catch (error) {
    // What closed the connection is told where it is closed.
    if (!(error instanceof CloseEvent)) {
      if (current === recording) {
        recording = null;
        showRecording(false);
      }
      await current.release();
      showProblem(microphoneProblem(error));
    }
  }
}

async function stop() {
  const current = recording;
  recording = null;
  showRecording(false);
  // The next recording begins where the last sentence of this one ends.
  id("record").disabled = true;
  showState("finishing", "Finishing");
  try {
    await current?.stop();
  } finally {
    id("record").disabled = false;
    if (id("state").dataset.state === "finishing") {
      showState("ready", "Ready");
    }
  }
}

// --- Files ---

async function transcribe(file) {
  hideProblem();
  const answer = await reach();
  if (answer === null) {
    return;
  }
  if (file.size > answer.maxBytes) {
    const most = Math.floor(answer.maxBytes / 1048576);
    showProblem(`${file.name} is too large: the server takes at most ${most} MiB.`);
    return;
  }
  const form = new FormData();
  form.append("file", file, "sound");
  form.append("hotwords", hotwords().join("\n"));
  upload = new AbortController();
  id("work").hidden = false;
  id("work-text").textContent = `Transcribing ${file.name}`;
  id("record").disabled = true;
  try {
    const response = await fetch("/v1/transcriptions?format=json", {
      method: "POST", body: form, headers: authorization(), signal: upload.signal,
    });
    const result = await response.json();
    if (response.status === 401) {
      sessionStorage.removeItem(TOKEN_KEY);
    }
    if (!response.ok) {
      throw new Error(result.error);
    }
    transcript.begin();
    const spoken = result.segments.filter((segment) => segment.text !== "");
    spoken.forEach((segment) => transcript.add(segment));
    if (spoken.length === 0) {
      showProblem(`No words were found in ${file.name}.`);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      const gone = error instanceof TypeError;
      showProblem(
          gone ? "The connection to the server was lost." : `${file.name}: ${error.message}`,
          gone ? reconnect : null);
    }
  } finally {
    upload = null;
    id("work").hidden = true;
    id("record").disabled = false;
  }
}

// --- Keeping the transcript ---

function save(content, type, extension) {
  const link = document.createElement("a");
  const url = URL.createObjectURL(new Blob([content], {type}));
  link.href = url;
  link.download = `transcript.${extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

async function saveSubtitles(format) {
  try {
    const response = await fetch(`/v1/transcriptions/convert?format=${format}`, {
      method: "POST",
      body: JSON.stringify(transcript.asReply()),
      headers: {...authorization(), "Content-Type": "application/json"},
    });
    if (!response.ok) {
      throw new Error((await response.json()).error);
    }
    save(await response.text(), format === "vtt" ? "text/vtt" : "application/x-subrip", format);
  } catch (error) {
    showProblem(
        error instanceof TypeError ? "The connection to the server was lost." : error.message,
        error instanceof TypeError ? reconnect : null);
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(transcript.text());
    id("copy").textContent = "Copied";
    setTimeout(() => (id("copy").textContent = "Copy"), 1500);
  } catch {
    showProblem("The browser did not allow the page to copy. Save the text instead.");
  }
}

// --- Events ---

id("record").onclick = () => (recording === null ? start() : stop());
id("choose").onclick = () => id("file").click();
id("file").onchange = () => {
  const [file] = id("file").files;
  id("file").value = "";
  if (file) {
    transcribe(file);
  }
};
id("work-cancel").onclick = () => upload?.abort();
id("problem-close").onclick = hideProblem;
id("hotwords").oninput = checkHotwords;
id("copy").onclick = copy;
id("save-text").onclick = () => save(transcript.text(), "text/plain", "txt");
id("save-srt").onclick = () => saveSubtitles("srt");
id("save-vtt").onclick = () => saveSubtitles("vtt");
id("clear").onclick = () => transcript.clear();

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => {
  if (hasFiles(event)) {
    event.preventDefault();
    id("drop").hidden = false;
  }
});
addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) {
    id("drop").hidden = true;
  }
});
addEventListener("drop", (event) => {
  id("drop").hidden = true;
  if (hasFiles(event)) {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (recording !== null || upload !== null) {
      showProblem("Stop what is going on first, then drop the file again.");
    } else if (file) {
      transcribe(file);
    }
  }
});

checkHotwords();
showActions();
health();
