import { lazy, Suspense, useEffect, useRef } from "react";
import { DoctorPage } from "../doctor/doctor-page.tsx";
import { NightPage } from "../night/night-page.tsx";
import { NightsPage } from "../nights/nights-page.tsx";
import { Link, usePath } from "./router.tsx";

const TrendsPage = lazy(() => import("../trends/trends-page.tsx").then((m) => ({ default: m.TrendsPage })));
const ReviewPage = lazy(() => import("../review/review-page.tsx").then((m) => ({ default: m.ReviewPage })));
const AgreementPage = lazy(() =>
  import("../agreement/agreement-page.tsx").then((m) => ({ default: m.AgreementPage })),
);
const CameraPage = lazy(() => import("../camera/camera-page.tsx").then((m) => ({ default: m.CameraPage })));

const PLACES = [
  ["/", "Nights"],
  ["/compare", "Over time"],
  ["/camera", "Camera"],
] as const;

export function App() {
  const path = usePath();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // Whoever listens to the page is taken to its start.
  useEffect(() => {
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [path]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <Link href="/" className="brand">
          <img src="/icon.svg" alt="" width="26" height="26" />
          Kickline
        </Link>
        <nav aria-label="Main">
          {PLACES.map(([href, name]) => (
            <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<p className="quiet">Opening…</p>}>{pageOf(path)}</Suspense>
      </main>
      <footer className="end">
        Everything stays on this computer. Kickline describes movements that a video shows; it does not say
        what they mean.
      </footer>
    </>
  );
}

function pageOf(path: string) {
  const [, night, part] = /^\/nights\/([a-z0-9]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (night !== undefined) {
    if (part === "doctor") return <DoctorPage key={night} id={night} />;
    if (part === "review") return <ReviewPage key={night} id={night} />;
    if (part === "agreement") return <AgreementPage key={night} id={night} />;
    if (part === undefined) return <NightPage key={night} id={night} />;
  }
  if (path === "/compare") return <TrendsPage />;
  if (path === "/camera") return <CameraPage />;
  if (path === "/") return <NightsPage />;
  return (
    <>
      <h1>There is nothing here</h1>
      <p>
        <Link href="/">To all nights</Link>
      </p>
    </>
  );
}
