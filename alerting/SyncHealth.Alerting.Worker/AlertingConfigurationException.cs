namespace SyncHealth.Alerting.Worker;

/// <summary>The alerting configuration cannot be used; the message names the key to set, or file and line, and what is allowed.</summary>
public sealed class AlertingConfigurationException(string message) : Exception(message);
