import type { NightReport } from "../night-report.ts";
import { KIND_ORDER, KIND_WORDS } from "../wording.ts";

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
    amplitude: {
      Description: `Size of a rhythmic swing from its middle to one side, a lower bound. ${TRUNK}`,
      Units: "trunk lengths",
    },
    strokes: { Description: "Single strokes counted in a bout of kicking" },
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
