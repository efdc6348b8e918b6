package org.paceline.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine that a run was measured on.
 *
 * @param cpu its model, as the system names it
 * @param cores processors that this JVM may use
 * @param memoryBytes memory of the machine or its container
 * @param maxHeapBytes the most heap that this JVM takes
 * @param jvmArguments the JVM's arguments, as given
 */
public record Machine(
        String cpu,
        int cores,
        long memoryBytes,
        String os,
        String jdk,
        long maxHeapBytes,
        String collector,
        List<String> jvmArguments) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This machine and this JVM. */
    public static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName(),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> !argument.startsWith("-D"))
                        .toList());
    }

    private static String cpuModel() {
        if (Files.isReadable(CPU_INFO)) {
            try (var lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown");
            } catch (IOException e) {
                return "unknown";
            }
        }
        return System.getProperty("os.arch");
    }
}
