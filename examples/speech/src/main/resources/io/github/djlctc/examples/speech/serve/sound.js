// The microphone: its samples, its level and its spectrogram.

const SPECTROGRAM_SECONDS = 8;
const HIGHEST_HERTZ = 8000;

export class Microphone {
  /** Opens the microphone; onSamples takes buffers of signed 16-bit samples. */
  static async open(onSamples) {
    if (!navigator.mediaDevices || !window.AudioWorkletNode) {
      throw new Error(
          window.isSecureContext
              ? "This browser cannot record sound for a page."
              : "Browsers give pages the microphone only on localhost or over HTTPS.");
    }
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {echoCancellation: false, noiseSuppression: false, autoGainControl: true},
    });
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule("/capture.js");
      await context.resume();
      return new Microphone(stream, context, onSamples);
    } catch (error) {
      stream.getTracks().forEach((track) => track.stop());
      context.close();
      throw error;
    }
  }

  constructor(stream, context, onSamples) {
    this.stream = stream;
    this.context = context;
    this.source = context.createMediaStreamSource(stream);
    this.analyser = new AnalyserNode(context, {fftSize: 1024, smoothingTimeConstant: 0.2});
    this.node = new AudioWorkletNode(context, "capture", {numberOfOutputs: 0});
    this.flushed = new Promise((resolve) => {
      this.node.port.onmessage = ({data}) => (data === null ? resolve() : onSamples(data));
    });
    this.source.connect(this.analyser);
    this.source.connect(this.node);
  }

  get rate() {
    return this.context.sampleRate;
  }

  /** Ends recording; all samples have been handed over then. */
  async close() {
    this.node.port.postMessage("end");
    await Promise.race([this.flushed, new Promise((resolve) => setTimeout(resolve, 300))]);
    this.source.disconnect();
    this.stream.getTracks().forEach((track) => track.stop());
    await this.context.close();
  }
}

/** Says in words why the microphone cannot be used. */
export function microphoneProblem(error) {
  switch (error.name) {
    case "NotAllowedError":
      return "The microphone was not allowed. Allow it in the browser's settings for this page, and"
          + " start again.";
    case "NotFoundError":
      return "No microphone was found. Plug one in, or drop a sound file here.";
    case "NotReadableError":
      return "The microphone cannot be opened. Does another program use it?";
    default:
      return error.message || "The microphone cannot be used.";
  }
}

/** Draws a running spectrogram and a level meter. */
export class SoundView {
  constructor(canvas, meter) {
    this.canvas = canvas;
    this.meter = meter;
    this.paint = canvas.getContext("2d", {alpha: false});
    this.frame = 0;
    this.resize();
    new ResizeObserver(() => this.resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
  }

  resize() {
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * scale));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * scale));
    const style = getComputedStyle(document.documentElement);
    this.colours = palette([
      style.getPropertyValue("--spectrum-0"),
      style.getPropertyValue("--spectrum-1"),
      style.getPropertyValue("--spectrum-2"),
      style.getPropertyValue("--spectrum-3"),
    ]);
    const [r, g, b] = this.colours[0];
    this.paint.fillStyle = `rgb(${r} ${g} ${b})`;
    this.paint.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  start(analyser) {
    const bins = new Uint8Array(analyser.frequencyBinCount);
    const wave = new Float32Array(analyser.fftSize);
    const used = Math.min(
        bins.length, Math.round((HIGHEST_HERTZ / analyser.context.sampleRate) * analyser.fftSize));
    let last = performance.now();
    let owed = 0;
    const step = (now) => {
      this.frame = requestAnimationFrame(step);
      analyser.getByteFrequencyData(bins);
      analyser.getFloatTimeDomainData(wave);
      owed += ((now - last) / 1000 / SPECTROGRAM_SECONDS) * this.canvas.width;
      last = now;
      const columns = Math.min(Math.floor(owed), this.canvas.width);
      owed -= Math.floor(owed);
      if (columns > 0) {
        this.scroll(columns, bins, used);
      }
      this.showLevel(wave);
    };
    this.frame = requestAnimationFrame(step);
  }

  scroll(columns, bins, used) {
    const {width, height} = this.canvas;
    this.paint.drawImage(this.canvas, -columns, 0);
    const image = this.paint.createImageData(columns, height);
    for (let y = 0; y < height; y++) {
      const bin = Math.min(used - 1, Math.floor(((height - 1 - y) / height) * used));
      const [r, g, b] = this.colours[bins[bin]];
      for (let x = 0; x < columns; x++) {
        const at = 4 * (y * columns + x);
        image.data[at] = r;
        image.data[at + 1] = g;
        image.data[at + 2] = b;
        image.data[at + 3] = 255;
      }
    }
    this.paint.putImageData(image, width - columns, 0);
  }

  showLevel(wave) {
    let sum = 0;
    for (const value of wave) {
      sum += value * value;
    }
    const decibels = 10 * Math.log10(Math.max(1e-9, sum / wave.length));
    // From -60 dB, a quiet room, to -6 dB, nearly too loud.
    this.meter.value = Math.max(0, Math.min(1, (decibels + 60) / 54));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.meter.value = 0;
  }
}

/** Interpolates colours, given as "r g b", to 256. */
function palette(stops) {
  const colours = stops.map((stop) => stop.trim().split(/\s+/).map(Number));
  return Array.from({length: 256}, (_, i) => {
    const place = (i / 255) * (colours.length - 1);
    const from = colours[Math.min(colours.length - 2, Math.floor(place))];
    const to = colours[Math.min(colours.length - 1, Math.floor(place) + 1)];
    const share = place - Math.floor(Math.min(colours.length - 2, place));
    return from.map((value, c) => Math.round(value + (to[c] - value) * Math.min(1, share)));
  });
}
