using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Live;

/// <summary>Every count takes a second, so that it is kept for twenty.</summary>
public sealed class DeviceCountShelfTests
{
    private readonly ManualTimeProvider _wall = new(Some.Now);
    private readonly FakeReaders _readers = new();
    private readonly DeviceCountShelf _shelf;

    public DeviceCountShelfTests()
    {
        _shelf = new DeviceCountShelf(_readers, _wall);
        _readers.Total = query =>
        {
            _wall.Advance(TimeSpan.FromSeconds(1));
            return Some.Point(at: query.From) with { Devices = 7 };
        };
    }

    [Fact]
    public async Task ReadAsync_QuestionByGroupsAndPoints_CountsDevicesOfTheWholeAlone()
    {
        var query = Query with { By = ["os"], Step = TimeSpan.FromMinutes(5), Filters = [new DimensionFilter("os", "ios")] };

        Assert.Equal(7, await ReadAsync(query));

        var asked = Assert.Single(_readers.Questions);
        Assert.Equal((query.From, query.To, null, VitalsParts.Devices, VitalsCounts.Tallies), (asked.From, asked.To, asked.Step, asked.Parts, asked.Counts));
        Assert.Empty(asked.By);
        Assert.Equal(query.Filters, asked.Filters);
    }

    [Fact]
    public async Task ReadAsync_SameRangeALittleLater_IsKept()
    {
        await ReadAsync(Query);
        await ReadAsync(Query with { From = Query.From.AddSeconds(5), To = Query.To.AddSeconds(5), Now = Query.Now.AddSeconds(5) });

        Assert.Single(_readers.Questions);
    }

    [Fact]
    public async Task ReadAsync_AnotherAppRangeOrFilter_IsCountedByItself()
    {
        foreach (var query in (VitalsQuery[])[Query, Query with { App = "other" }, Query with { From = Query.From.AddHours(-1) }, Query with { Filters = [new DimensionFilter("os", "ios")] }])
            await ReadAsync(query);

        Assert.Equal(4, _readers.Questions.Count);
    }

    [Fact]
    public async Task ReadAsync_AsOfAPastMoment_IsAskedEachTime()
    {
        await ReadAsync(Query with { AsOf = Some.Now });
        await ReadAsync(Query with { AsOf = Some.Now.AddMinutes(-1) });

        Assert.Equal(2, _readers.Questions.Count);
    }

    private static VitalsQuery Query => new() { App = "notes", From = Some.Now.AddHours(-1), To = Some.Now, Now = Some.Now };

    private Task<long?> ReadAsync(VitalsQuery query) => _shelf.ReadAsync(query, CancellationToken.None);
}
