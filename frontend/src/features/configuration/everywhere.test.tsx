import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { lazy } from "react";
import { afterEach, expect, test } from "vitest";
import { isOn, type Page } from "@/app/pages";
import { network, refusal } from "@/test/api";
import { shown } from "@/test/session";
import { Announcement } from "./Announcement";
import { Banner, BannerBar } from "./Banner";
import { DEFAULTS } from "./defaults";
import { turned } from "./switches";
import { version } from "./testing";
import { useConfiguration } from "./useConfiguration";

const GET = "GET /v1/configuration";
const BANNER = { ...DEFAULTS.systemBanner, isEnabled: true, text: "<b>Internal</b>" };

afterEach(() => window.localStorage.clear());

function DefaultModel() {
  return <p>model: {useConfiguration().global.defaultModel || "none"}</p>;
}

test("everybody reads the newest version", async () => {
  network({ [GET]: [version(2, { global: { defaultModel: "new" } }), version(1)] });
  shown(<DefaultModel />);
  expect(await screen.findByText("model: new")).toBeVisible();
});

test("the defaults hold while nothing can be read", async () => {
  network({ [GET]: refusal(500, "InternalError", "Broken.") });
  shown(<DefaultModel />);
  expect(await screen.findByText("model: none")).toBeVisible();
});

test("a banner is plain text, above and below", async () => {
  network({ [GET]: [version(1, { systemBanner: BANNER })] });
  shown(
    <>
      <Banner where="above" />
      <Banner where="below" />
    </>,
  );
  expect(await screen.findAllByText("<b>Internal</b>")).toHaveLength(2);
  expect(screen.getByRole("region", { name: "Banner below the page" })).toBeVisible();
});

test("a colour that is none is not given to the browser", () => {
  shown(<BannerBar banner={{ ...BANNER, backgroundColor: "url(//evil.example)" }} />);
  expect(screen.getByText("<b>Internal</b>")).toHaveStyle({ backgroundColor: "#ffffff" });
});

test("an announcement that was closed stays closed, and the next one is shown", async () => {
  const told = (message: string) => [version(1, { announcement: { isEnabled: true, message } })];
  network({ [GET]: told("Maintenance on Sunday") });
  const first = shown(<Announcement />);
  expect(await screen.findByText("Maintenance on Sunday")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Close the announcement" }));
  expect(screen.queryByText("Maintenance on Sunday")).toBeNull();
  first.unmount();
  network({ [GET]: told("It is over") });
  shown(<Announcement />);
  expect(await screen.findByText("It is over")).toBeVisible();
});

test("a page goes with its switch, and stays without one", () => {
  const page: Page = {
    path: "/x",
    text: "X",
    section: "Chat",
    order: 1,
    component: lazy(async () => ({ default: DefaultModel })),
  };
  const off = turned(DEFAULTS.enabledComponents, "modelLibrary", false);
  expect(isOn({ ...page, switch: "modelLibrary" }, off)).toBe(false);
  expect(isOn({ ...page, switch: "showRagLibrary" }, off)).toBe(true);
  expect(isOn(page, off)).toBe(true);
});
