namespace SyncHealth.Ingest.Otlp;

/// <summary>The resource attributes that have a meaning of their own; all others are tags.</summary>
internal enum OtlpResourceField
{
    App = 1,
    AppVersion,
    OsName,
    OsType,
    OsVersion,
    InstallationId,
    DeviceId,
    InstanceId,
    DeviceModel,
    Environment,
    EndUserId,
    UserId,
}
