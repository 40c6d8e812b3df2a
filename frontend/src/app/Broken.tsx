import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { Link, useRouteError } from "react-router";
import { sentence } from "@/api/errors";
import type { Page } from "./pages";

/** In the place of a page that broke. */
export function Broken() {
  const error = useRouteError();
  return (
    <Alert
      type="error"
      header="This page could not be shown"
      action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
    >
      {sentence(error)} If it happens again, tell your administrator what you did.
    </Alert>
  );
}

/** In the place of a page that an administrator has switched off. */
export function SwitchedOff({ page }: { page: Page }) {
  return (
    <ContentLayout header={<Header variant="h1">{page.text} is switched off</Header>}>
      An administrator has switched this page off for everybody. <Link to="/">Go to the chat.</Link>
    </ContentLayout>
  );
}

export function NotFound() {
  return (
    <ContentLayout header={<Header variant="h1">There is no such page</Header>}>
      It may have been moved, or is not for you. <Link to="/">Go to the chat.</Link>
    </ContentLayout>
  );
}
