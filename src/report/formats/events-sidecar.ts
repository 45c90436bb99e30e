import type { NightReport } from "../night-report.ts";
import { AROUND_WORDS, DETAIL_WORDS, KIND_ORDER, KIND_WORDS, PROVOKED_WORDS } from "../wording.ts";

const TRUNK = "A trunk length is the distance from shoulders to hips in the picture.";

/** The column descriptions that BIDS keeps beside events.tsv, as JSON text, with what made them. */
export function formatEventsSidecar(report: NightReport): string {
  return `${JSON.stringify({ ...describeColumns(), ...describeMaker(report) }, null, 2)}\n`;
}

function describeColumns() {
  return {
    onset: { Description: "Start of the event, from the first frame of the recording", Units: "s" },
    duration: {
      Description: "Length of the event; the event is half open: [onset, onset + duration)",
      Units: "s",
    },
    kind: {
      Description:
        "What was seen, named by rules on video features (no electromyogram); see the options for the limits",
      Levels: Object.fromEntries(KIND_ORDER.map((kind) => [kind, KIND_WORDS[kind].definition])),
    },
    detail: {
      Description: "Sub-kind, where something tells it",
      Levels: DETAIL_WORDS,
    },
    limb: {
      Description: "Which part of the infant moved",
      Levels: {
        "left leg": "The infant's left leg",
        "right leg": "The infant's right leg",
        "both legs": "Both legs",
        arm: "An arm",
        head: "The head",
        body: "Several parts of the body",
        unseen: "Something where the legs could not be seen, as under a blanket",
        none: "Not a movement of the infant",
      },
    },
    confidence: {
      Description: "How clearly the rule was met, 0-1; 0.5 is the edge of the rule. Not a probability",
    },
    frequency_hz: { Description: "Rhythm of rhythmic kinds", Units: "Hz" },
    cycles: { Description: "Cycles of a rhythm" },
    regularity: { Description: "Share of the movement that lies at the one rhythm, 0-1" },
    amplitude: {
      Description: `Size of a rhythmic swing from its middle to one side, a lower bound. ${TRUNK}`,
      Units: "trunk lengths",
    },
    amplitude_shanks: {
      Description: "The same in lengths of the shank, knee to ankle, as the picture shows it",
      Units: "shank lengths",
    },
    strokes: { Description: "Single strokes counted in a bout; both legs at once are one" },
    strokes_left: { Description: "Strokes of the left leg by itself, in a bout of kicking" },
    strokes_right: { Description: "Strokes of the right leg by itself, in a bout of kicking" },
    provoked_by: {
      Description: "What happened just before and may have set it off; n/a when nothing that was looked for",
      Levels: PROVOKED_WORDS,
    },
    around: {
      Description: "How much moved in the minute before and after; tells neither sleep nor waking",
      Levels: AROUND_WORDS,
    },
    wall_time: {
      Description:
        "Time of day at the onset, ISO 8601 with the offset from UTC where known, n/a when the clock is not known",
    },
    file: { Description: "Name of the video file the onset lies in" },
    file_time: { Description: "Onset from the first frame of that file", Units: "s" },
    id: { Description: "Name of the event, the same for the same recording and options" },
    flow_pose_agree: {
      Description: "Whether optical flow and pose agree about the event; n/a when one of them could not tell",
      Levels: { true: "They agree", false: "They do not agree" },
    },
    nearest_kind: { Description: "The kind it came closest to otherwise; levels as for kind" },
    members: { Description: "Ids of the events a cluster is made of, parted by spaces" },
    nearest_flip: { Description: "What would have to be measured otherwise for it to be the nearest kind" },
    steadiness: {
      Description:
        "Share of four runs, with every limit a tenth larger, smaller, easier or harder, that found it again, 0-1",
    },
    series_wasm: {
      Description:
        "Number of the series of video-detected leg movements it is part of under the intervals of WASM 2016; n/a for none",
    },
    series_aasm: { Description: "The same under the intervals of the AASM" },
  };
}

function describeMaker({ provenance, recording }: NightReport) {
  return {
    GeneratedBy: [
      {
        Name: "Kickline",
        Version: provenance.kickline,
        Description: `Video-detected movements, classifier "${provenance.classifier}"`,
      },
    ],
    RecordingDuration: recording.duration,
    InputHash: provenance.inputHash,
  };
}
