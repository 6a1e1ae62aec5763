"""What the work tree changes against a commit: takes a repository, returns the preview that the command line prints."""
