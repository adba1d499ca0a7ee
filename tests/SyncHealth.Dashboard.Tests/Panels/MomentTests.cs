using System.Globalization;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.Tests.Pages;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Panels;

public sealed class MomentTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 23, 30, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, false, "00:30", "2026-03-04 23:30:05 UTC")]
    [InlineData(24, null, false, "5 Mar 00:30", "2026-03-04 23:30:05 UTC")]
    [InlineData(null, null, false, "5 Mar 00:30", "2026-03-04 23:30:05 UTC")]
    [InlineData(null, null, true, "5 Mar 00:30:05", "2026-03-04 23:30:05 UTC")]
    [InlineData(0, 20, false, "00:30 – 00:50", "2026-03-04 23:30:05 UTC to 2026-03-04 23:50:05 UTC")]
    [InlineData(0, 0, false, "00:30", "2026-03-04 23:30:05 UTC")]
    public async Task Render_InTheViewersZone_HasUtcOnHoverAndTheMomentForPrograms(int? hoursToNow, int? minutes, bool precise, string shown, string title)
    {
        var page = await RenderedPage.OfAsync<Moment>(new()
        {
            ["At"] = At,
            ["To"] = minutes is { } length ? At.AddMinutes(length) : null,
            ["Now"] = hoursToNow is { } hours ? At.AddHours(hours) : null,
            ["Precise"] = precise,
            ["Clock"] = ViewerClock.Of("Europe/Berlin", 60),
        });

        var time = page.QuerySelector("time")!;
        Assert.Equal(shown, time.TextContent);
        Assert.Equal(title, time.GetAttribute("title"));
        Assert.Equal(At, DateTimeOffset.Parse(time.GetAttribute("datetime")!, CultureInfo.InvariantCulture));
    }
}
