using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Tests.Pages;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Tests.Devices;

public sealed class DetectorTableTests
{
    private static readonly DevicesState State = DevicesState.Parse("notes", null, null, null, null, [], null);

    [Fact]
    public void Of_FleetInOrder_IsGoodThroughout()
    {
        var lines = DetectorTable.Of(new DetectionGroup { By = new Dictionary<string, string>(), Devices = 5 }, [], State);

        Assert.All(lines, line => Assert.Equal((Band.Good, "none", 0), (line.Band, line.Value, line.Devices.Count)));
        Assert.Equal(6, lines.Count);
    }

    [Fact]
    public void Of_NobodyReported_SaysNothing() => Assert.Empty(DetectorTable.Of(null, [], State));

    /// <summary>Names of entities come from devices.</summary>
    [Fact]
    public async Task List_HostileEntity_IsText()
    {
        var lines = DetectorTable.Of(
            new DetectionGroup { By = new Dictionary<string, string>(), Devices = 5, Poisoned = 1 }, [Named(Detector.Poison, 1) with { Entity = "<img src=x onerror=alert(1)>", Code = "denied" }], State);

        var page = await RenderedPage.OfAsync<DetectorList>(new() { ["Lines"] = lines });

        Assert.Null(page.QuerySelector("img"));
        Assert.Contains("<img src=x onerror=alert(1)> · denied", page.QuerySelector("[data-detector=poison]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Drain_RegionThatCameBack_SaysBacklogTimeAndStorm()
    {
        var course = new DrainCourse(
            [new DrainGroup(new Dictionary<string, string>(), 20, 20, 240, 1, 5, 20, 240)],
            [new ReturnMinute(Some.Now.AddMinutes(-3), 10, 0), new ReturnMinute(Some.Now.AddMinutes(-2), 10, 0), new ReturnMinute(Some.Now.AddMinutes(-1), 70, 20)]);

        var figures = DrainFigures.Of(course);

        Assert.Equal(["20 devices", "240 items", "4 min", "1 device", "70 per min"], figures.Select(figure => Plain(figure.Value)));
        Assert.Contains("a retry storm", figures[^1].Note, StringComparison.Ordinal);
        Assert.Empty(DrainFigures.Of(course with { Groups = [] }));
    }

    private static DetectedDevice Named(Detector detector, long items) => new(detector, "00000000000000ff", Some.Now, items, "", "");

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
