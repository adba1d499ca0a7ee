using Dapper;
using Npgsql;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Storage.Apps;

/// <summary>Limits and retention of single apps.</summary>
public sealed class AppSettingStore(NpgsqlDataSource dataSource, StorageOptions options, KeyStore keys)
{
    private static readonly string List = SqlFile.Beside<AppSettingStore>("ListSettings");
    private static readonly string Save = SqlFile.Beside<AppSettingStore>("SaveSetting");

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
