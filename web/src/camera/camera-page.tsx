export function CameraPage() {
  return <h1>Camera</h1>;
}
