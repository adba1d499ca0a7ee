using Npgsql;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Apps;

public sealed class AppSettingStoreTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private KeyStore _keys = null!;
    private AppSettingStore _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _keys = new KeyStore(_database.DataSource, new ManualTimeProvider(Some.Now), new ManualTimeProvider(Some.Now));
        _settings = new AppSettingStore(_database.DataSource, new StorageOptions(), _keys);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Save_IsListedAndSeenByTheNextLookup()
    {
        await _keys.FindAsync("any", CancellationToken.None);
        Assert.Null(_keys.LimitsOf("notes"));

        var setting = new AppSetting("notes", 500, 10, 90, 400);
        await _settings.SaveAsync(setting, CancellationToken.None);
        await _keys.FindAsync("any", CancellationToken.None);

        Assert.Equal([setting], await _settings.ListAsync(CancellationToken.None));
        Assert.Equal(new AppLimits("notes", 500, 10), _keys.LimitsOf("notes"));
    }

    [Theory]
    [InlineData(7, null, null, "rawDays", "8 days")]
    [InlineData(31, null, null, "rawDays", "SYNCHEALTH__Storage__RawRetention")]
    [InlineData(null, 89, null, "hourDays", "90 days")]
    [InlineData(null, 90, 399, "dayDays", "400 days")]
    [InlineData(null, 500, 400, "dayDays", "as long as hours")]
    [InlineData(null, null, 400, "dayDays", "as long as hours")]
    public async Task Save_WhatReadersNeed_IsRefusedWithTheReason(int? raw, int? hours, int? days, string parameter, string reason)
    {
        var refusal = await Assert.ThrowsAsync<AppSettingException>(() => _settings.SaveAsync(new AppSetting("notes", null, raw, hours, days), CancellationToken.None));
        Assert.Equal(parameter, refusal.Parameter);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await _settings.ListAsync(CancellationToken.None));
    }

    /// <summary>Whoever writes the table by hand is held to the same bounds.</summary>
    [Theory]
    [InlineData("raw_days = 7", "app_setting_raw_holds_last_week")]
    [InlineData("hour_days = 89", "app_setting_hours_outlive_raw")]
    [InlineData("hour_days = 500, day_days = 400", "app_setting_days_outlive_hours")]
    [InlineData("day_days = 399", "app_setting_days_outlive_hours")]
    [InlineData("events_per_second = 0", "app_setting_rate_is_positive")]
    public async Task Table_WhatReadersNeed_IsRefusedByConstraint(string change, string constraint)
    {
        await _settings.SaveAsync(new AppSetting("notes", null, null, null, null), CancellationToken.None);
        await using var command = _database.DataSource.CreateCommand($"update synchealth.app_setting set {change}");
        Assert.Equal(constraint, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).ConstraintName);
    }
}
