"""From one text to its blocks and sentences: nothing is cut or changed, every part says where it stands."""
