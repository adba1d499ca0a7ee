using Dapper;
using Npgsql;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Storage.Apps;

/// <summary>Limits and retention of single apps.</summary>
public sealed class AppSettingStore(NpgsqlDataSource dataSource, StorageOptions options, KeyStore keys)
{
    private static readonly string List = SqlFile.Beside<AppSettingStore>("ListSettings");
    private static readonly string Save = SqlFile.Beside<AppSettingStore>("SaveSetting");
    private static readonly string Promote = SqlFile.Beside<AppSettingStore>("Promote");

    /// <summary>Every app that sent events or was set up, by name.</summary>
    public async Task<IReadOnlyList<AppSetting>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<AppSetting>(new CommandDefinition(List, cancellationToken: cancellationToken))];
    }

    /// <summary>Saves an app's settings. Ingest sees them within <see cref="KeyStore.CacheFor"/>, retention at its next round.</summary>
    /// <exception cref="AppSettingException">A retention would take from readers what they need; the message says what is allowed.</exception>
    public async Task SaveAsync(AppSetting setting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Check(setting, (int)options.RawRetention.TotalDays);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Save, setting, cancellationToken: cancellationToken));
        keys.Forget();
    }

    /// <summary>Promotes a tag into the rollups, in place of another one; for good, and without effect where it is promoted already.</summary>
    /// <param name="app">Known by an event or not yet.</param>
    /// <param name="tag">The tag's name, such as <c>region</c>.</param>
    /// <param name="now">The shared clock; rollups hold the tag from the next full hour after an hour on, earlier questions read raw events.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PromoteTagAsync(string app, string tag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Promote, new { app, tag, now = now.UtcDateTime }, cancellationToken: cancellationToken));
    }

    private static void Check(AppSetting setting, int installationDays)
    {
        if (setting.RawDays is < AppSetting.MinRawDays)
            throw new AppSettingException("rawDays", $"raw events are needed for {AppSetting.MinRawDays} days at least: rules compare with the same hours last week");
        if (setting.RawDays > installationDays)
            throw new AppSettingException("rawDays", $"the installation keeps raw events for {installationDays} days; raise SYNCHEALTH__Storage__RawRetention first");
        if (setting.HourDays is < AppSetting.MinHourDays)
            throw new AppSettingException("hourDays", $"hours are needed for {AppSetting.MinHourDays} days at least: days of time zones and unaligned ranges are composed of them");
        if (setting.DayDays is < AppSetting.MinDayDays)
            throw new AppSettingException("dayDays", $"days are needed for {AppSetting.MinDayDays} days at least: a year is compared with the year before");
        if (setting.DayDays is { } days && days < (setting.HourDays ?? AppSetting.MaxDays))
            throw new AppSettingException("dayDays", "days must be kept at least as long as hours: a range is composed of both; set hourDays as well");
    }
}
