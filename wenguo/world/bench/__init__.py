"""The measurements of `wenguo bench`: each a module, each honest about warm-up, clients and what shared the machine."""
