import { isColor } from "./contrast";
import { DEFAULTS } from "./defaults";
import type { SystemBanner } from "./types";
import { useConfiguration } from "./useConfiguration";

type Where = "above" | "below";

/** The organisation's banner on every page, if there is one. */
export function Banner({ where }: { where: Where }) {
  const { systemBanner } = useConfiguration();
  if (!systemBanner.isEnabled || !systemBanner.text.trim()) return null;
  return (
    <section aria-label={`Banner ${where} the page`}>
      <BannerBar banner={systemBanner} />
    </section>
  );
}

/** The banner itself: plain text in the colours that were chosen. */
export function BannerBar({ banner }: { banner: SystemBanner }) {
  const usual = DEFAULTS.systemBanner;
  const style = {
    color: safeColor(banner.textColor, usual.textColor),
    backgroundColor: safeColor(banner.backgroundColor, usual.backgroundColor),
  };
  return (
    <div className="banner" style={style}>
      {banner.text}
    </div>
  );
}

/** A colour that is none could ask the browser for something else. */
function safeColor(color: string, otherwise: string): string {
  return isColor(color) ? color : otherwise;
}
