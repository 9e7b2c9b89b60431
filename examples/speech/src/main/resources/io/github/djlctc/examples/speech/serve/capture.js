// Runs on the audio thread: collects the microphone's samples into parts of 1024, as 16-bit integers.
const PART = 1024;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.part = new Int16Array(PART);
    this.filled = 0;
    this.ended = false;
    this.port.onmessage = () => {
      this.flush();
      this.ended = true;
      this.port.postMessage(null);
    };
  }

  flush() {
    if (this.filled > 0) {
      const samples = this.part.slice(0, this.filled);
      this.port.postMessage(samples.buffer, [samples.buffer]);
      this.filled = 0;
    }
  }

  process(inputs) {
    const channels = inputs[0];
    if (channels.length > 0) {
      for (let i = 0; i < channels[0].length; i++) {
        let sum = 0;
        for (const channel of channels) {
          sum += channel[i];
        }
        const value = Math.max(-1, Math.min(1, sum / channels.length));
        this.part[this.filled++] = Math.round(value * 32767);
        if (this.filled === PART) {
          this.flush();
        }
      }
    }
    return !this.ended;
  }
}

registerProcessor("capture", Capture);
