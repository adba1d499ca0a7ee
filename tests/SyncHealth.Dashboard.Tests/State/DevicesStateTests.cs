using Microsoft.AspNetCore.WebUtilities;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.State;

public sealed class DevicesStateTests
{
    [Fact]
    public void Address_Default_HasNoParameters() => Assert.Equal("/devices", Parse("").ToAddress());

    [Theory]
    [InlineData("")]
    [InlineData("?range=6h&app=notes&show=silent")]
    [InlineData("?app=a%20b%26c&show=stale&sort=queue&order=asc&filter=device_model%3APixel%208&filter=tag%3Acohort%3Aa%3Ab&page=7")]
    public void Address_Parsed_IsWrittenAsItWas(string query) => Assert.Equal("/devices" + query, Parse(query).ToAddress());

    [Theory]
    [InlineData("?show=nonsense&sort=nonsense&order=down&page=0&filter=outcome%3Afailure&filter=x")]
    [InlineData("?page=-3")]
    public void Parse_WhatItCannotRead_FallsBackToTheDefault(string query) => Assert.Equal(Parse(""), Parse(query));

    [Fact]
    public void Filters_InAnyOrder_AreOneQuestion()
    {
        var one = Parse("?filter=os%3Aios&filter=tag%3Acohort%3Abeta");
        var other = Parse("?filter=tag%3Acohort%3Abeta&filter=os%3Aios&filter=os%3Aios");

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal([new DimensionFilter("os", "ios"), new DimensionFilter("tag:cohort", "beta")], one.Filters.Filters);
    }

    [Fact]
    public void SortedBy_TheSameAgain_TurnsRound()
    {
        var once = Parse("?page=3").SortedBy(DeviceSort.Oldest);
        var twice = once.SortedBy(DeviceSort.Oldest);

        Assert.Equal((DeviceSort.Oldest, false, 1), (once.Sort, once.Reverse, once.Page));
        Assert.Equal((DeviceSort.Oldest, true), (twice.Sort, twice.Reverse));
        Assert.False(twice.SortedBy(DeviceSort.Oldest).Reverse);
    }

    [Fact]
    public void Toggled_Twice_IsAsBefore()
    {
        var state = Parse("?filter=os%3Aios");
        var filter = new DimensionFilter("tag:cohort", "beta");

        Assert.Equal(state, state.Toggled(filter).Toggled(filter));
        Assert.Empty(state.Toggled(state.Filters.Filters[0]).Filters.Filters);
    }

    [Fact]
    public void DeviceAddress_Parsed_IsWrittenAsItWas()
    {
        Assert.Equal("/devices/00daad8012345678?range=1h&app=notes&back=24h", DeviceState.Parse("notes", "1h", "00daad8012345678", "24h", "").ToAddress());
        Assert.Equal("/devices/a%2Fb", DeviceState.Parse("", null, "a/b", "nonsense", null).ToAddress());
        Assert.Equal("/devices/a1?zone=Asia%2FKolkata", DeviceState.Parse(null, null, "a1", null, "Asia/Kolkata").ToAddress());
    }

    private static DevicesState Parse(string query)
    {
        var read = QueryHelpers.ParseQuery(query);
        string? One(string name) => read.TryGetValue(name, out var value) ? value.ToString() : null;
        return DevicesState.Parse(
            One("app"), One("range"), One("show"), One("sort"), One("order"), read.TryGetValue("filter", out var filters) ? filters.ToArray() : null,
            One("page") is { } page ? int.Parse(page, System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
