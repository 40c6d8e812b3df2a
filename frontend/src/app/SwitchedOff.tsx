import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import type { Page } from "./pages";

/** In the place of a page that an administrator has switched off. */
export function SwitchedOff({ page }: { page: Page }) {
  return (
    <ContentLayout header={<Header variant="h1">{page.text} is switched off</Header>}>
      <Box>
        An administrator has switched this page off for everybody.{" "}
        <Link href="#/">Go to the first page.</Link>
      </Box>
    </ContentLayout>
  );
}
