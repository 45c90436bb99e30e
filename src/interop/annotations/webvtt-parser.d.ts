/** The package has no types of its own; what is used of it. */
declare module "webvtt-parser" {
  interface Cue {
    readonly id: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly text: string;
  }
  class WebVTTParser {
    parse(text: string, kind: string): { readonly cues: readonly Cue[]; readonly errors: readonly object[] };
  }
  const webvtt: { readonly WebVTTParser: typeof WebVTTParser };
  export = webvtt;
}
