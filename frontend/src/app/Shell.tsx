import AppLayout from "@cloudscape-design/components/app-layout";
import SideNavigation, {
  type SideNavigationProps,
} from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { Suspense, useLayoutEffect } from "react";
import { Outlet, useLocation, useMatches, useNavigate } from "react-router";
import { signOut, userManager } from "@/auth/oidc";
import { useSession } from "@/auth/session";
import { Announcement } from "@/features/configuration/Announcement";
import { Banner } from "@/features/configuration/Banner";
import { useConfiguration, useConfigured } from "@/features/configuration/useConfiguration";
import { AllowedToolbar } from "./AllowedToolbar";
import { Loading } from "./Loading";
import { NoticesBar } from "./notices";
import { isOn, type Page, pagesFor, type Section } from "./pages";
import { SwitchedOff } from "./SwitchedOff";
import { chooseTheme, useTheme } from "./theme";
import { titleOf } from "./title";
import { useNavigation } from "./useNavigation";

const SECTIONS: Section[] = ["Chat", "Library", "Administration"];

/** The frame of every page: top bar, navigation, notices, and the page. */
export function Shell() {
  const page = useCurrentPage();
  const { open, onChange } = useNavigation(page?.fills);
  // Before the page's own effects, which may know a better title.
  useLayoutEffect(() => {
    document.title = page ? titleOf(page.text) : titleOf();
  }, [page]);
  return (
    <>
      <div id="top">
        <Banner where="above" />
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top"
        footerSelector="#bottom"
        navigation={<Navigation />}
        navigationOpen={open}
        onNavigationChange={({ detail }) => onChange(detail.open)}
        notifications={
          <>
            <Announcement />
            <NoticesBar />
          </>
        }
        stickyNotifications
        toolsHide
        disableContentPaddings={page?.fills}
        ariaLabels={{
          navigation: "Pages",
          navigationToggle: "Open navigation",
          navigationClose: "Close navigation",
          notifications: "Notices",
        }}
        content={
          <div className={open ? "beside-navigation" : undefined}>
            <Shown page={page} />
          </div>
        }
      />
      <AllowedToolbar />
      <div id="bottom">
        <Banner where="below" />
      </div>
    </>
  );
}

/** The page, unless it is switched off; nothing before that is known. */
function Shown({ page }: { page?: Page }) {
  const { enabledComponents } = useConfiguration();
  const loading = <Loading what={page?.text ?? "page"} />;
  if (!useConfigured()) return loading;
  if (page && !isOn(page, enabledComponents)) return <SwitchedOff page={page} />;
  return (
    <Suspense fallback={loading}>
      <Outlet />
    </Suspense>
  );
}

function useCurrentPage(): Page | undefined {
  return useMatches().at(-1)?.handle as Page | undefined;
}

function TopBar() {
  const session = useSession();
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  // Its own manager: a page that noticed would begin to sign in again on the way out.
  const leave = () => signOut(userManager(session.environment), session.environment);
  return (
    <TopNavigation
      identity={{ title: "LISA", href: "#/" }}
      utilities={[
        {
          type: "button",
          text: theme === "dark" ? "Light mode" : "Dark mode",
          onClick: () => chooseTheme(other),
        },
        {
          type: "menu-dropdown",
          text: session.caller.name,
          description: session.caller.admin ? "Administrator" : undefined,
          iconName: "user-profile",
          items: [{ id: "sign-out", text: "Sign out" }],
          onItemClick: () => void leave(),
        },
      ]}
    />
  );
}

function Navigation() {
  const { caller, environment } = useSession();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const { enabledComponents } = useConfiguration();
  const configured = useConfigured();
  const shown = (page: Page) => configured && !page.hidden && isOn(page, enabledComponents);
  const pages = pagesFor(caller, environment.PARTS).filter(shown);
  const items = SECTIONS.map((section) => group(section, pages)).filter((one) => one !== null);
  const active = pages.find(
    (page) => pathname === page.path || pathname.startsWith(`${page.path}/`),
  );
  return (
    <SideNavigation
      activeHref={active ? `#${active.path}` : undefined}
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href.slice(1));
      }}
    />
  );
}

function group(section: Section, pages: Page[]): SideNavigationProps.Item | null {
  const items = pages
    .filter((page) => page.section === section)
    .map((page) => ({ type: "link" as const, text: page.text, href: `#${page.path}` }));
  return items.length > 0 ? { type: "section-group", title: section, items } : null;
}
