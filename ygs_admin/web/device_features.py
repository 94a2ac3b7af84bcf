"""What of a device our pages may use: passkeys, copying, full screen; every other feature is refused."""

USED = ("clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get")
REFUSED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "web-share",
    "xr-spatial-tracking",
)

DEVICE_FEATURES: dict[str, list[str]] = {name: [] for name in REFUSED} | {name: ["self"] for name in USED}
"""Feature → origins that may use it, as the `Permissions-Policy` header says it."""
