"""Pictures written anew: upright, without place, camera, comments or anything appended."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from wenguo.lib.errors import Refused

_MOST_PIXELS = 60_000_000  # over all frames; phones take up to 50 million
_MOST_FRAMES = 200
_KEPT = ("icc_profile", "transparency", "duration", "loop", "disposal")  # what the look of a picture needs


def cleaned_picture(content: bytes, picture_format: str, name: str) -> bytes:
    """The same picture in the same format. Too large or damaged: `Refused`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; the limit below decides
            with Image.open(io.BytesIO(content), formats=[picture_format]) as picture:
                return _written(picture, picture_format, name)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused(
            _("The picture “%(name)s” is damaged. Open it, save it again and attach the copy.") % {"name": name}
        ) from error


def _too_large(name: str) -> Refused:
    return Refused(_("The picture “%(name)s” is too large. Make it smaller and attach it again.") % {"name": name})


def _written(picture: Image.Image, picture_format: str, name: str) -> bytes:
    frames = getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > _MOST_PIXELS or frames > _MOST_FRAMES:
        raise _too_large(name)
    target = io.BytesIO()
    if frames > 1 and picture_format in {"GIF", "WEBP", "PNG"}:
        shown = [_bare(frame.copy()) for frame in ImageSequence.Iterator(picture)]
        first, *others = shown
        durations = [frame.info.get("duration", 100) for frame in shown]
        first.save(target, picture_format, save_all=True, append_images=others, duration=durations, loop=0)
    else:
        upright = _bare(ImageOps.exif_transpose(picture))
        upright.save(target, picture_format, **({"quality": 90} if picture_format in {"JPEG", "WEBP"} else {}))
    return target.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    picture.info = {key: value for key, value in picture.info.items() if key in _KEPT}
    picture.getexif().clear()
    return picture
