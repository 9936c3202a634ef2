"""The window itself: unlocking, navigation, the palette, the crash dialog. Knows pages only by their PageSpec."""
