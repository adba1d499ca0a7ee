using SyncHealth.Contracts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class DimensionReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ListValues_WhatTheAppSent_InNaturalOrderTagsIncluded()
    {
        await _stage.CommitAsync(
            new Attempt(Now) { Version = "2.10.0", Model = "Pixel 8", Cohort = "beta", Type = SyncType.Full },
            new Attempt(Now) { Version = "2.9.0", Model = "iPhone", Os = "ios", OsVersion = "18.2", Cohort = "stable" },
            new Attempt(Now) { App = "other", Version = "7", Model = "Nokia", Cohort = "none" },
            new Attempt(Now) { Type = SyncType.Open });

        var values = await ReadAsync("notes");

        Assert.Equal(["2.4.1", "2.9.0", "2.10.0"], values["app_version"]);
        Assert.Equal(["14", "18.2"], values["os_version"]);
        Assert.Equal(["delta", "full"], values["type"]);
        Assert.Equal(["iPhone", "Pixel 8"], values["device_model"].Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["beta", "stable"], values["tag:cohort"]);
        Assert.Equal(["production"], values["environment"]);
    }

    [Fact]
    public async Task ListValues_MoreThanAnybodyPicksFrom_IsBounded()
    {
        await _stage.CommitAsync(Enumerable.Range(0, 150).Select(i => new Attempt(Now) { Version = $"1.{i}", OsVersion = $"{i}.0" }));
        await _stage.CommitAsync(Enumerable.Range(150, 60).Select(i => new Attempt(Now) { Version = $"1.{i % 150}", OsVersion = $"{i}.0" }));

        var values = await ReadAsync("notes");

        Assert.Equal(150, values["app_version"].Count);
        Assert.InRange(values["os_version"].Count, 1, IDimensionReader.MaxValues);
    }

    [Fact]
    public async Task ListValues_UnknownApp_IsEmpty() => Assert.Empty(await ReadAsync("nobody"));

    private Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string app) =>
        new DimensionReader(_stage.DataSource).ListValuesAsync(app, TestContext.Current.CancellationToken);
}
