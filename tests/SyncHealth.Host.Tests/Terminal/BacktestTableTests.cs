using SyncHealth.Alerting.Worker.Backtests;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class BacktestTableTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Render_Report_ListsRulesThenIncidents()
    {
        var segment = new Dictionary<string, string> { ["os"] = "ios" };
        var text = BacktestTable.Render(new BacktestReport(
            Noon.AddDays(-7), Noon, 300,
            [new BacktestRule("rate", "critical", 2, 1, 720, 0, null), new BacktestRule("silent", "warning", 0, 0, null, 0, "silence is not in the snapshots of the fleet")],
            [
                new BacktestIncident("rate", "notes", segment, "threshold", Noon.AddHours(-3), Noon.AddHours(-3).AddMinutes(12), "breach", 71.5),
                new BacktestIncident("rate", "notes", segment, "late", Noon.AddHours(-1), null, "breach", 80.25),
            ]));

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("2026-11-15 12:00:00 UTC to 2026-11-22 12:00:00 UTC, every 5 min", lines[0]);
        Assert.Contains("rate    critical          2     1  12 min            0", lines);
        Assert.Contains("silent: not run, silence is not in the snapshots of the fleet", lines);
        Assert.Contains("2026-11-22 09:00:00 UTC  rate         notes  os:ios   12 min   71.5", lines);
        Assert.Contains("2026-11-22 11:00:00 UTC  rate (late)  notes  os:ios     open  80.25", lines);
    }
}
