"""What ``duban doctor`` looks at: each thing by itself, with a mend where something is wrong."""
