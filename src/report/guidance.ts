/** What to look out for, by how soon somebody should see the child. */
export interface Guidance {
  readonly when: string;
  readonly signs: readonly string[];
}

/**
 * When to seek help: general guidance beside a night's report, the same for every child whatever the report says.
 *
 * *Sources:* see {@link GUIDANCE_SOURCES}. A draft from published guidance, not yet approved by a clinician; the
 * pages that show it say so.
 */
export const GUIDANCE: readonly Guidance[] = [
  {
    when: "Call the emergency number",
    signs: [
      "blue or very pale skin, or pauses in breathing",
      "not responding to you",
      "shaking that does not stop, or a first episode of shaking with loss of response",
    ],
  },
  {
    when: "Have the child seen the same day",
    signs: [
      "arms, legs or head bend or stretch for 1 to 3 seconds, again every 5 to 10 seconds, often after waking",
      "trembling together with poor feeding, a temperature of 38 °C or more (under 3 months), unusual sleepiness or vomiting, or in the first days of life",
    ],
  },
  {
    when: "Make an appointment",
    signs: [
      "movements that do not stop when you gently hold the limb, or that come with turned eyes",
      "always the same part of the body, or awake and asleep alike and each time the same",
      "skills the child had are being lost",
      "trembling that goes on beyond 9 to 12 months of age",
    ],
  },
  {
    when: "Bring up at the next visit",
    signs: [
      "waking 1 to 3 hours after falling asleep, crying and hitting or kicking the legs; restless nights; restless legs in the family. Ask about iron, and give none unasked.",
    ],
  },
];

/** What helps whoever sees the child. */
export const GUIDANCE_KEEP =
  "A short clip as it was filmed, with the face in view, helps more than a description. This report is no " +
  "monitor and no protection: safe sleep comes first.";

/** Where the guidance comes from. */
export const GUIDANCE_SOURCES: readonly string[] = [
  "epilepsy.com and American Epilepsy Society 2024 (clusters of brief bending or stretching)",
  "Royal Children's Hospital Melbourne; Stanford Newborn Nursery; RCEM (trembling in newborns)",
  "Tilma et al. 2013 (early-onset restless legs and iron); Maurer et al. 2010 (movements in sleep)",
  "American Academy of Pediatrics 2022 (safe sleep; no home monitor replaces it)",
];

/** The sentence that goes with the guidance wherever it is shown. */
export const GUIDANCE_DRAFT = "Drawn up from these sources; not yet approved by a clinician.";

/** Questions of the history form, in the order they are asked. */
export const HISTORY_QUESTIONS = {
  name: "Child (name or initials)",
  ageWeeks: "Age now",
  bornWeeks: "Born in which week of pregnancy",
  feeding: "Feeding",
  family: "In the family: restless legs, tremor, epilepsy, movements in sleep",
  medicines: "Medicines, of the child and of a nursing mother",
  iron: "Iron given, how much and since when",
  ferritin: "Ferritin, if it was measured (value, unit, date)",
  soothes: "What soothes the child; what happens when you hold the moving limb",
  worries: "What you have noticed yourselves, and when",
  questions: "What you would like to ask",
} as const;
