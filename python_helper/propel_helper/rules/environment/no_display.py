"""no-display: a window was to be opened and there is no screen.

## What happened
A plotting or image library tried to open a window on a machine without a display.

## Why it happens
The code was written on a desktop: an interactive backend, `cv2.imshow` or a simulator's viewer.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# tkinter, Qt's xcb plugin, OpenCV, pyglet, MuJoCo/GLFW.
_WORDS = Wording(
    r"no display name and no \$DISPLAY"
    r"|couldn't connect to display"
    r"|could not load the Qt platform plugin|no Qt platform plugin could be initialized"
    r"|cannot connect to X server|failed to acquire X connection|Bad display name"
    r"|The function is not implemented\. Rebuild the library with Windows, GTK"
    r"|NoSuchDisplayException|Cannot connect to \"None\""
    r"|GLFWError|an OpenGL platform library has not been loaded|Failed to initialize OpenGL|gladLoadGL error"
    r"|(?:Cannot|Could not) (?:load|initialize) (?:a )?(?:headless )?EGL"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a missing display",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "run-headless",
                "Run without a window",
                "Put `MPLBACKEND=Agg` (Matplotlib), `QT_QPA_PLATFORM=offscreen` (Qt) or `MUJOCO_GL=egl` before the command, or `xvfb-run` where a window is really needed.",
            ),
        ),
    )


RULE = Rule("no-display", Category.ENVIRONMENT, ("exception", "exit"), explain)
