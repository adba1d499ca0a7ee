using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.WebUtilities;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.State;

public sealed class OverviewStateTests
{
    [Fact]
    public void ToAddress_AnyState_ReadsBackAsTheSame()
    {
        var text = Gen.Elements("notes", "a b", "ü&=?#", "2.5.0+build:7", "%00", "<img src=x>", "").Or(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => Clean(value.Get)));
        var filters = Gen.ListOf(from dimension in Gen.Elements("app_version", "os", "network") from value in text select new DimensionFilter(dimension, value), 5);
        var states =
            from app in text
            from range in Gen.Elements(TimeRange.All.ToArray())
            from grouping in Gen.Elements(Dimension.Core.Append(null).ToArray())
            from set in filters
            from minutes in Gen.Choose(0, 500_000)
            select new OverviewState(app.Length == 0 ? null : app, range, grouping, FilterSet.Of(set)) { AsOf = minutes == 0 ? null : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes) };

        Prop.ForAll(states.ToArbitrary(), state => Read(state.ToAddress()) == state)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Parse_NonsenseParameters_FallBackToTheDefaults() =>
        Assert.Equal(
            new OverviewState(null, TimeRange.Hour, null, FilterSet.Empty),
            OverviewState.Parse("", "99y", "colour", ["nonsense", ":", "device:1", null], TimeRange.Hour, "yesterday"));

    [Fact]
    public void Equals_FiltersInAnotherOrder_ShareOnePoller() =>
        Assert.Equal(
            OverviewState.Parse("notes", "1h", null, ["os:ios", "network:wifi"], TimeRange.Hour),
            OverviewState.Parse("notes", "1h", null, ["network:wifi", "os:ios", "os:ios"], TimeRange.Hour));

    /// <summary>What no address can carry: a lone surrogate.</summary>
    private static string Clean(string text) => new([.. text.Where(character => !char.IsSurrogate(character))]);

    private static OverviewState Read(string address)
    {
        var query = QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]);
        string? One(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;
        return OverviewState.Parse(One("app"), One("range"), One("by"), query.TryGetValue("filter", out var filters) ? [.. filters] : null, TimeRange.Week, One("asOf"));
    }
}
