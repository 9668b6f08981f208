"""Rich menus: created, given an image, made everybody's or somebody's.

Source: developers.line.biz/en/docs/messaging-api/using-rich-menus.
"""

import secrets
import struct

from simulator.line.limits import Fault, Json
from simulator.line.model import Account

IMAGE_MOST = 2**20  # bytes
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
Handled = tuple[int, Json | bytes, list[Fault]]  # status, answer, faults
_MISSING: Handled = (404, {"message": "richmenu not found", "details": []}, [])


def create(account: Account, body: Json) -> str:
    """Keep a checked menu; its new id."""
    menu_id = f"richmenu-{secrets.token_hex(16)}"
    account.rich_menus[menu_id] = body | {"richMenuId": menu_id}
    return menu_id


def handle(account: Account, method: str, match: dict[str, str], path: str, body: bytes) -> Handled:
    """Everything but creation."""
    if path.endswith("/list"):
        return 200, {"richmenus": list(account.rich_menus.values())}, []
    if "user" in match:
        return _link(account, method, match["user"], match.get("menu"))
    menu_id = match["menu"]
    if menu_id not in account.rich_menus:
        return _MISSING
    if path.endswith("/content"):
        return _content(account, method, menu_id, body)
    if method == "DELETE":
        del account.rich_menus[menu_id]
        account.rich_menu_images.pop(menu_id, None)
        return 200, {}, []
    return 200, account.rich_menus[menu_id], []


def _content(account: Account, method: str, menu_id: str, body: bytes) -> Handled:
    if method == "GET":
        image = account.rich_menu_images.get(menu_id)
        return _MISSING if image is None else (200, image, [])
    if menu_id in account.rich_menu_images:
        return 400, {"message": "An image has already been uploaded to the richmenu"}, []
    faults = _faults_of_image(body, account.rich_menus[menu_id]["size"])
    if not faults:
        account.rich_menu_images[menu_id] = body
        account.changes.tell("rich_menu")
    return 200, {}, faults


def _faults_of_image(image: bytes, size: Json) -> list[Fault]:
    if len(image) > IMAGE_MOST:
        return [("image", "1 MB is allowed")]
    if image.startswith(_PNG) and len(image) >= 24:
        width, height = struct.unpack(">II", image[16:24])
        if (width, height) != (size["width"], size["height"]):
            return [("image", f"{width}x{height} where the menu is {size['width']}x{size['height']}")]
        return []
    return [] if image.startswith(_JPEG) else [("image", "must be PNG or JPEG")]


def _link(account: Account, method: str, user_id: str, menu_id: str | None) -> Handled:
    if user_id != "all" and user_id not in account.users:
        return 404, {"message": "Not found"}, []
    if method == "GET":
        linked = account.default_rich_menu if user_id == "all" else account.users[user_id].rich_menu
        return _MISSING if linked is None else (200, {"richMenuId": linked}, [])
    if method == "POST" and menu_id not in account.rich_menu_images:
        missing = menu_id not in account.rich_menus
        return (
            _MISSING if missing else (400, {"message": "must upload richmenu image before applying it"}, [])
        )
    linked = menu_id if method == "POST" else None
    if user_id == "all":
        account.default_rich_menu = linked
    else:
        account.users[user_id].rich_menu = linked
    account.changes.tell("rich_menu")
    return 200, {}, []
