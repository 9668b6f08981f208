"""The commands of `toritsugi`, a module each; imported only when they are run."""
