using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Where the steps are those of a margin its rows are the answer, and what is not folded yet comes in rows of its own.</summary>
public sealed class MarginRowsTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(2);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("app_version", 24 * 60)]
    [InlineData("app_version", 60)]
    [InlineData("network", 5)]
    [InlineData("os_version", 60)]
    [InlineData("environment,os", 60)]
    [InlineData("environment", 60)]
    [InlineData("", 60)]
    public async Task Read_StepsOfTheMargin_EqualsACountByHand(string by, int minutes)
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed: 20261126, 300, Over);
        await _stage.CommitAsync(attempts.Take(200));
        await _stage.FoldAsync();
        await _stage.CommitAsync(attempts.Skip(200));
        var query = _stage.Ask(Over, TimeSpan.FromMinutes(minutes), by) with { Parts = VitalsParts.None };
        var dimension = query.By.LastOrDefault("os");
        IReadOnlyList<DimensionFilter>[] filters = [[], [new("environment", "production")], [new("environment", "nowhere")], [new(dimension, Values.GetValueOrDefault(dimension, "production"))]];

        foreach (var filter in filters)
        {
            var asked = query with { Filters = filter };
            var answer = await _stage.ReadAsync(asked);

            Assert.Equal(BruteForce.Count(attempts, asked, answer.From, answer.To), BruteForce.Lines(answer, asked));
        }
    }

    [Fact]
    public async Task Read_PointOfManyRows_CountsAllOfThem()
    {
        var hour = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
        for (var part = 0; part < 3; part++)
        {
            await _stage.CommitAsync(Enumerable.Range(0, 20).Select(number => new Attempt(hour.AddMinutes(number)) { Device = number, DurationMs = 100 + (50 * part), Conflicts = part }));
            if (part == 1)
                await _stage.FoldAsync();
        }

        var point = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(4), TimeSpan.FromHours(1), "app_version"))).Groups.Single().Points.Single(point => point.Attempts > 0);

        Assert.Equal((hour, 60L, 60L, 60.0 / 60 * 100), (point.At, point.Attempts, point.Successes, point.ConflictRate));
        Assert.Equal([("unknown", 60L)], point.Conflicts.Select(pair => (pair.Key, pair.Value)));
        Assert.InRange(point.DurationMs!.Value.P50, 150 * 0.99, 150 * 1.01);
        Assert.InRange(point.DurationMs!.Value.P99, 200 * 0.99, 200 * 1.01);
    }

    private static readonly Dictionary<string, string> Values = new()
    {
        ["app_version"] = "2.4.1", ["os"] = "ios", ["network"] = "wifi", ["os_version"] = "14",
    };
}
