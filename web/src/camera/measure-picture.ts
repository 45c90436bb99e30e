/** Small and gray, as the survey of an analysis sees a picture. */
const [WIDTH, HEIGHT] = [160, 90];
const BLOCK = 10;
/** Pictures and seconds that are looked back on. */
const MOST = 240;

/** What a running film says of its camera. */
export interface PictureMeasures {
  readonly seconds: number;
  /** Pictures a second, and those that show something new. */
  readonly frameRate: number;
  readonly newPictureRate: number;
  /** Gray levels, 0-255; the noise is that of small averaged blocks from one picture to the next. */
  readonly brightness: number;
  readonly noise: number;
}

/** Measures pictures one by one as they are shown. */
export class PictureMeter {
  readonly #canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  readonly #times: number[] = [];
  readonly #isNew: boolean[] = [];
  readonly #noise: number[] = [];
  #last: Float32Array | undefined;
  #brightness = Number.NaN;

  /** @param time of the picture, seconds, by the film's own clock. */
  add(video: HTMLVideoElement, time: number): void {
    const context = this.#canvas.getContext("2d", { willReadFrequently: true })!;
    context.drawImage(video, 0, 0, WIDTH, HEIGHT);
    const blocks = averageBlocks(context.getImageData(0, 0, WIDTH, HEIGHT).data);
    this.#brightness = blocks.reduce((sum, value) => sum + value, 0) / blocks.length;
    const before = this.#last;
    if (before) {
      const changes = Float32Array.from(blocks, (value, i) => Math.abs(value - before[i]!)).sort();
      this.#isNew.push(changes.at(-1)! > 0.01);
      // The quiet half of the picture: what moves is no noise.
      this.#noise.push(changes[Math.floor(changes.length / 2)]!);
      this.#times.push(time);
    }
    this.#last = blocks;
    for (const list of [this.#times, this.#isNew, this.#noise]) if (list.length > MOST) list.shift();
  }

  read(): PictureMeasures {
    const seconds = (this.#times.at(-1) ?? 0) - (this.#times[0] ?? 0);
    const gaps = this.#times.slice(1).map((time, i) => time - this.#times[i]!);
    const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? Number.NaN;
    const share = this.#isNew.filter(Boolean).length / Math.max(1, this.#isNew.length);
    const noise = [...this.#noise].sort((a, b) => a - b)[Math.floor(this.#noise.length / 2)] ?? Number.NaN;
    const frameRate = usual > 0 ? 1 / usual : Number.NaN;
    return { seconds, frameRate, newPictureRate: frameRate * share, brightness: this.#brightness, noise };
  }
}

/** Mean gray level of each block of a picture. */
function averageBlocks(pixels: Uint8ClampedArray): Float32Array {
  const columns = WIDTH / BLOCK;
  const sums = new Float32Array(columns * (HEIGHT / BLOCK));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = (y * WIDTH + x) * 4;
      const gray = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
      const block = Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK);
      sums[block] = sums[block]! + gray / (BLOCK * BLOCK);
    }
  }
  return sums;
}
