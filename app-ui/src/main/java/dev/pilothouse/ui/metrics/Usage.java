package dev.pilothouse.ui.metrics;

import dev.pilothouse.ui.chart.ChartLink.Mark;
import dev.pilothouse.ui.chart.Series;
import dev.pilothouse.ui.chart.TimeChart.Level;
import java.util.List;

/**
 * What is shown of CPU and memory.
 *
 * @param cpu in thousandths of a core; the sum first when there are several
 * @param memory in bytes; likewise
 * @param cpuLevels requests, limits, what a node has
 * @param memoryLevels likewise
 * @param marks what happened
 * @param history whether the server keeps a history; else it begins when the page is opened
 */
record Usage(
        List<Series> cpu,
        List<Series> memory,
        List<Level> cpuLevels,
        List<Level> memoryLevels,
        List<Mark> marks,
        boolean history) {}
