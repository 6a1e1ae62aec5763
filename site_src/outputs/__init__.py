"""Files made next to the pages: feed, search index, copies in Markdown, archive."""
