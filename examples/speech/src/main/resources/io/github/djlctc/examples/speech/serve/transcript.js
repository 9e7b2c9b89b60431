// The sentences that are on the page.

const UNSURE = 0.85;
const DOUBTFUL = 0.5;

export class Transcript {
  constructor(elements, onChange) {
    this.elements = elements;
    this.onChange = onChange;
    this.segments = [];
    this.base = 0;
    this.current = null;
    this.following = true;
    elements.scroll.addEventListener("scroll", () => (this.following = this.isAtEnd()));
    new ResizeObserver(() => this.follow()).observe(elements.scroll);
    elements.sentences.addEventListener("keydown", (event) => this.move(event));
    for (const kind of ["pointerover", "focusin"]) {
      elements.sentences.addEventListener(kind, (event) => this.describe(event.target));
    }
  }

  /** Begins with new sound: its times count on from the end of what is there. */
  begin() {
    const last = this.segments.at(-1);
    this.base = last ? Math.ceil(last.end) : 0;
    this.progress("", "");
  }

  /** Shows the sentence that is being said. */
  progress(stable, guess) {
    const {live} = this.elements;
    live.hidden = stable === "" && guess === "";
    this.elements.stable.textContent = stable;
    this.elements.guess.textContent = guess;
    this.showEmpty();
    this.follow();
  }

  /** Adds a sentence that has ended. */
  add(sentence) {
    const shift = (time) => Math.round((time + this.base) * 1000) / 1000;
    const segment = {
      start: shift(sentence.start),
      end: shift(sentence.end),
      text: sentence.text,
      words: sentence.words.map((word) => ({
        ...word,
        start: shift(word.start),
        end: shift(word.end),
      })),
    };
    this.segments.push(segment);
    this.elements.sentences.append(this.item(segment));
    this.elements.said.append(Object.assign(document.createElement("p"), {
      textContent: segment.text,
    }));
    this.progress("", "");
    this.follow();
    this.onChange();
  }

  clear() {
    this.segments = [];
    this.base = 0;
    this.current = null;
    this.elements.sentences.replaceChildren();
    this.elements.said.replaceChildren();
    this.progress("", "");
    this.onChange();
  }

  text() {
    return this.segments.map((segment) => segment.text + "\n").join("");
  }

  /** The transcript as the server's HTTP interface has it. */
  asReply() {
    return {
      file: "live",
      text: this.segments.map((segment) => segment.text).join(" "),
      seconds: this.segments.at(-1)?.end ?? 0,
      segments: this.segments,
    };
  }

  item(segment) {
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.textContent = clock(segment.start);
    item.append(time);
    segment.words.forEach((word, index) => {
      if (index > 0) {
        item.append(" ");
      }
      item.append(this.word(word));
    });
    return item;
  }

  word(word) {
    const span = document.createElement("span");
    span.className = "word";
    if (word.confidence < UNSURE) {
      span.classList.add(word.confidence < DOUBTFUL ? "doubtful" : "unsure");
    }
    span.textContent = word.word;
    const times = `${word.start.toFixed(2)} to ${word.end.toFixed(2)} s`;
    span.dataset.about = `${word.word} · ${times} · confidence ${percent(word.confidence)}`;
    span.title = `${times}, confidence ${percent(word.confidence)}`;
    // One word is a stop of the Tab key; arrow keys lead to the others.
    span.tabIndex = this.current === null ? 0 : -1;
    this.current ??= span;
    return span;
  }

  describe(target) {
    if (target.classList.contains("word")) {
      this.elements.word.textContent = target.dataset.about;
    }
  }

  move(event) {
    const words = [...this.elements.sentences.querySelectorAll(".word")];
    const at = words.indexOf(document.activeElement);
    const next = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: words.length - 1,
    }[event.key];
    if (at < 0 || next === undefined || !words[next]) {
      return;
    }
    event.preventDefault();
    words[at].tabIndex = -1;
    words[next].tabIndex = 0;
    this.current = words[next];
    words[next].focus();
  }

  showEmpty() {
    this.elements.empty.hidden = this.segments.length > 0 || !this.elements.live.hidden;
  }

  isAtEnd() {
    const {scroll} = this.elements;
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
  }

  /** Keeps the end in view, unless the user looks at something before it. */
  follow() {
    if (this.following) {
      this.elements.scroll.scrollTop = this.elements.scroll.scrollHeight;
    }
  }
}

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return (hours > 0 ? `${hours}:` : "") + (hours > 0 ? parts[0] : Number(parts[0])) + ":" + parts[1];
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}
