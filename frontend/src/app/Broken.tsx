import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import { useRouteError } from "react-router";
import { sentence } from "@/api/errors";

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

export function NotFound() {
  return (
    <ContentLayout header={<Header variant="h1">There is no such page</Header>}>
      <Box>
        It may have been moved, or is not for you. <Link href="#/">Go to the first page.</Link>
      </Box>
    </ContentLayout>
  );
}
