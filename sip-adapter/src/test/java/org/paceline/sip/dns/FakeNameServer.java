package org.paceline.sip.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server on a free port of loopback, UDP and TCP: answers with the records that it was given, as text of a zone
 * file. Thread: any.
 */
public final class FakeNameServer implements AutoCloseable {

    /** How a name is answered that has no records. */
    public enum Manner {
        SERVFAIL,
        SILENT,
        GARBAGE,
        REFUSED
    }

    private static final int MOST_UDP = 512;
    private static final int MOST_ALIASES = 4;

    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, Manner> manners = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    public FakeNameServer() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
        tcp = new ServerSocket(udp.getLocalPort(), 10, loopback);
        Thread.ofPlatform().daemon().name("fake-dns-udp").start(this::serveUdp);
        Thread.ofPlatform().daemon().name("fake-dns-tcp").start(this::serveTcp);
    }

    /** Returns its address, as a list of one. */
    public List<InetSocketAddress> address() {
        return List.of(new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort()));
    }

    /**
     * Sets the records of one name and type, in place of those that it has.
     *
     * @param data one record each, as in a zone file, for example {@code 10 1 5060 gw1.carrier.example.}
     */
    public FakeNameServer zone(String name, int type, long ttlSeconds, String... data) {
        try {
            Name owner = Name.fromString(name, Name.root);
            Record[] all = new Record[data.length];
            for (int i = 0; i < data.length; i++) {
                all[i] = Record.fromString(owner, type, DClass.IN, ttlSeconds, data[i], Name.root);
            }
            records.put(key(owner, type), List.of(all));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeNameServer addresses(String name, long ttlSeconds, String... addresses) {
        return zone(name, Type.A, ttlSeconds, addresses);
    }

    /** Sets the SRV records of SIP over UDP of a host. */
    public FakeNameServer srv(String host, long ttlSeconds, String... data) {
        return zone("_sip._udp." + host, Type.SRV, ttlSeconds, data);
    }

    public FakeNameServer forget(String name) {
        records.keySet().removeIf(key -> key.startsWith(name + "./"));
        return this;
    }

    /** Answers every question for the name so from now on; null for as before. */
    public FakeNameServer manner(String name, Manner manner) {
        manners.put(name, manner);
        return this;
    }

    public FakeNameServer mannerless(String name) {
        manners.remove(name);
        return this;
    }

    /** Returns the questions asked so far, each as {@code name/TYPE}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveUdp() {
        byte[] buffer = new byte[4_096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] question = new byte[packet.getLength()];
                System.arraycopy(buffer, 0, question, 0, question.length);
                byte[] answer = answer(question, MOST_UDP);
                if (answer.length > 0) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept();
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                byte[] answer = answer(question, Message.MAXLENGTH);
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
                in.read(); // until the other side closes
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private byte[] answer(byte[] wire, int most) throws IOException {
        Message query = new Message(wire);
        Record question = query.getQuestion();
        String name = question.getName().toString(true);
        asked.add(name + "/" + Type.string(question.getType()));
        Manner manner = manners.get(name);
        if (manner == Manner.SILENT) {
            return new byte[0];
        }
        if (manner == Manner.GARBAGE) {
            byte[] garbage = new byte[64];
            System.arraycopy(wire, 0, garbage, 0, 2);
            garbage[7] = 9; // nine answers that are not there
            return garbage;
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        if (manner != null) {
            answer.getHeader().setRcode(manner == Manner.SERVFAIL ? Rcode.SERVFAIL : Rcode.REFUSED);
        } else {
            fill(answer, question.getName(), question.getType());
        }
        byte[] full = answer.toWire(most);
        return full;
    }

    private void fill(Message answer, Name asked, int type) {
        Name name = asked;
        for (int aliases = 0; aliases < MOST_ALIASES; aliases++) {
            List<Record> found = records.getOrDefault(key(name, type), List.of());
            found.forEach(each -> answer.addRecord(each, Section.ANSWER));
            List<Record> alias = records.getOrDefault(key(name, Type.CNAME), List.of());
            if (!found.isEmpty() || alias.isEmpty()) {
                break;
            }
            answer.addRecord(alias.getFirst(), Section.ANSWER);
            name = ((CNAMERecord) alias.getFirst()).getTarget();
        }
        String prefix = name + "/";
        if (answer.getSection(Section.ANSWER).isEmpty()
                && records.keySet().stream().noneMatch(key -> key.startsWith(prefix))) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
    }

    private static String key(Name name, int type) {
        return name + "/" + Type.string(type);
    }
}
