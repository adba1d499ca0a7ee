using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Whatever is asked of whatever mixture of folded, unfolded, late and corrected events: the answer equals a count by hand over all of them.</summary>
public sealed class ComposedRangeTests
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(6);

    private static readonly Gen<TimeSpan?> Step = Gen.Elements<TimeSpan?>(
        null, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(90), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1));

    private static readonly Gen<string> Dimension = Gen.Elements(
        "app_version", "os", "network", "environment", "os_version", "type", "trigger", "device_model", "tag:cohort", "tag:region", "outcome", "error_kind");

    private static readonly Gen<string> Filters = Gen.Frequency(
        (4, Gen.Constant("")),
        (3, Gen.Elements("os:ios", "app_version:2.4.1 app_version:2.10.0", "network:wifi network:cellular os:android")),
        (3, Gen.Elements("type:delta type:push", "device_model:Pixel_8 tag:cohort:beta", "outcome:failure error_kind:offline error_kind:server", "tag:region:eu", "os_version:14 os:ios")));

    [Fact]
    public async Task Read_AnyQuestion_EqualsACountByHand()
    {
        await using var stage = await VitalsStage.CreateAsync();
        var attempts = SomeAttempts.Before(stage.Now, seed: 20261122, count: 900, Over);
        await stage.CommitAsync(attempts.Take(500));
        await stage.FoldAsync();
        await stage.MaintainAsync();
        await stage.CommitAsync(attempts.Skip(500).Take(200));
        await stage.FoldAsync();
        await stage.CommitAsync(attempts.Skip(700));

        Prop.ForAll(Questions(stage.Now).ToArbitrary(), query =>
        {
            var answer = stage.ReadAsync(query).GetAwaiter().GetResult();
            var (from, to) = BruteForce.Bounds(query);
            Assert.Equal((from, to), (answer.From, answer.To));
            Assert.Equal(BruteForce.Count(attempts, query, from, to), BruteForce.Lines(answer, query));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(120).WithQuietOnSuccess(true));
    }

    private static Gen<VitalsQuery> Questions(DateTimeOffset now) =>
        from start in Gen.Choose(0, (int)Over.TotalSeconds)
        from length in Gen.OneOf(Gen.Choose(1, 7_200), Gen.Choose(1, (int)Over.TotalSeconds))
        from step in Step
        from dimensions in Dimension.ListOf().Resize(2)
        from filters in Filters
        from clock in Gen.Frequency((3, Gen.Constant(VitalsClock.Event)), (1, Gen.Constant(VitalsClock.Arrival)))
        select new VitalsQuery
        {
            App = "notes",
            From = now.AddSeconds(-start),
            To = now.AddSeconds(-start + length),
            Now = now,
            Step = step,
            By = [.. dimensions.Distinct()],
            Filters = [.. filters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FilterOf)],
            Clock = clock,
            Parts = VitalsParts.Devices,
        };

    private static DimensionFilter FilterOf(string text)
    {
        var colon = text.LastIndexOf(':');
        return new DimensionFilter(text[..colon], text[(colon + 1)..].Replace('_', ' '));
    }
}
