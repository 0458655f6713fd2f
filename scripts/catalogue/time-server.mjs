// Answers the question for the time (RFC 4330, "Simple Network Time Protocol") on the loopback device: qemu shows that to its guest as 10.0.2.2. It
// stands for the server that every instance of AWS reaches on a link-local address.
import { createSocket } from 'node:dgram';

/** Seconds between 1900 and 1970. */
const ERA = 2_208_988_800;

const server = createSocket('udp4');
server.on('message', (question, { port, address }) => {
  if (question.length < 48) return;
  const received = Date.now();
  const answer = Buffer.alloc(48);
  // No leap second is near; version as asked; mode 4: server. Then stratum, interval, precision.
  answer.writeUInt8((Math.floor(question[0] / 8) % 8) * 8 + 4, 0);
  answer.writeUInt8(1, 1);
  answer.writeUInt8(question[2], 2);
  answer.writeInt8(-10, 3);
  answer.write('LOCL', 12, 'latin1');
  stamp(received, answer, 16);
  question.copy(answer, 24, 40, 48);
  stamp(received, answer, 32);
  stamp(Date.now(), answer, 40);
  server.send(answer, port, address);
});
server.bind(123, '127.0.0.1');

function stamp(milliseconds, buffer, at) {
  buffer.writeUInt32BE((Math.floor(milliseconds / 1000) + ERA) % 2 ** 32, at);
  buffer.writeUInt32BE(Math.floor(((milliseconds % 1000) / 1000) * 2 ** 32), at + 4);
}
