import type { NightReport } from "../../night-report.ts";
import { ratesPart } from "./part-rates.ts";
import { seriesPart } from "./part-series.ts";
import { soothingPart } from "./part-soothing.ts";

/** Sixth section: what helps a doctor, and how these counts differ from what a sleep laboratory counts. */
export function doctorSection(report: NightReport): string {
  return `<section aria-labelledby="doctor-title">
<h2 id="doctor-title">If you show this to a doctor</h2>
<p>If something about your baby worries you, ask for help in the usual way, whatever this report shows. It is not made to keep watch.</p>
<div class="columns">
<div><h3>What helps to tell</h3>
<ul>
<li>When it happens: falling asleep, asleep, on waking, or awake and alert.</li>
<li>What a gentle hand on the limb changed, if you tried it. A camera cannot know.</li>
<li>What the face and eyes did, and whether your baby could be reached by voice or touch.</li>
<li>How old your baby is, counted from the due date too, and what changed of late: feeding, fever, medicines.</li>
<li>Whether it looks the same each time, and on the same side.</li>
</ul></div>
<div><h3>What helps to bring</h3>
<ul>
<li>Keep a short clip, uncut, with the face in view if you have one. People who know these movements learn more from it than from any count.</li>
<li>This report, with the list of events and the times at which to look.</li>
</ul></div>
</div>
<h3>For the doctor</h3>
<ul>
<li>These are video-detected movements, named by fixed rules on optical flow and pose; every rule, limit and margin stands in the event. There was no electromyogram and no electroencephalogram.</li>
<li>A leg movement on video is not a leg movement on EMG. In one comparison EMG recorded 58 % of the leg movements that were found on 3D video and confirmed by physicians, and 32 % of the EMG bursts had no visible movement (Garn and others, 2017; adults).</li>
<li>No adult norm is given, because none holds for infants: limits for leg movements were made for EMG in older people, and twitches in an infant's sleep come in bursts.</li>
<li>Sleep and wake are not known here. A count is over the time that could be judged, asleep or awake.</li>
<li>Below about 5 a second rhythm alone tells kinds of movement apart poorly; evenness, size, side and length decide as well. Sizes are lower bounds.</li>
<li>Kickline describes movement. It does not diagnose and is not a medical device.</li>
</ul>
${ratesPart(report)}
${report.fitToJudge ? seriesPart(report) + soothingPart(report) : ""}
</section>`;
}
