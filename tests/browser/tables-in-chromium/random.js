// Fresh traces draw 0.25.
{
  let count = 0;
  crypto.getRandomValues = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 8) {
      view.setUint32(at, 2 ** 30);
      view.setUint32(at + 4, ++count);
    }
    return bytes;
  };
}
