using SyncHealth.Storage.Apps;

namespace SyncHealth.Api.Apps;

/// <summary>Every known app with what it has of its own.</summary>
public sealed record AppSettingList(IReadOnlyList<AppSetting> Apps);
