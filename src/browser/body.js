/** The first `most` bytes of an answer's body. What comes after them is not even fetched. */
export async function bytesOf(response, most) {
  const pieces = [];
  let room = most;
  if (response.body) {
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value.subarray(0, room));
      room -= value.length;
      if (room <= 0) {
        reader.cancel();
        break;
      }
    }
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
