import qrcode from 'qrcode-generator';

/** Empty around it, so that cameras find it. */
const QUIET = 4;

/** A text as a QR code, drawn here: nothing is fetched, and no text leaves the page. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const all = Array.from({ length: count }, (_, at) => at);
  const dark = all.flatMap((row) => all.filter((column) => code.isDark(row, column)).map((column) => [column, row]));
  const size = count + 2 * QUIET;
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path fill="#000" d={dark.map(([x = 0, y = 0]) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`).join('')} />
    </svg>
  );
}
