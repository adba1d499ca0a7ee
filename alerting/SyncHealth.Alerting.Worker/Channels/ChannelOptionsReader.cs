using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Worker.Channels.Jira;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Channels.Slack;

namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>Turns a receiver of a file into the options of its channel, and fetches its secrets from where the file says.</summary>
internal static class ChannelOptionsReader
{
    public static ChannelOptions Read(ReceiverDefinition definition, string file)
    {
        var values = definition.Settings;
        if (definition.Type == ReceiverType.PagerDuty)
            return values.TryGetValue("url", out var url)
                ? new PagerDutyOptions { Name = definition.Name, RoutingKey = SecretOf("routingKey"), Url = AddressOf(url) }
                : new PagerDutyOptions { Name = definition.Name, RoutingKey = SecretOf("routingKey") };
        if (definition.Type == ReceiverType.Slack)
            return new SlackOptions { Name = definition.Name, WebhookUrl = SecretOf("webhookUrl") };
        return new JiraOptions
        {
            Name = definition.Name,
            BaseUrl = AddressOf(values["baseUrl"]),
            Project = values["project"],
            IssueType = values.GetValueOrDefault("issueType", "Bug"),
            Email = values["email"],
            Token = SecretOf("token"),
        };

        Secret SecretOf(string name) => ReadSecret(definition, name, file);
    }

    private static Uri? AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private static Secret ReadSecret(ReceiverDefinition definition, string name, string file)
    {
        var where = $"{file}: line {definition.Line}: receivers.{definition.Name}.{name}";
        if (definition.Settings.TryGetValue(name + "Env", out var variable))
            return new Secret(Environment.GetEnvironmentVariable(variable)
                ?? throw new AlertingConfigurationException($"{where}Env: the environment has no variable '{variable}'."));

        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", definition.Settings[name + "File"]);
        try
        {
            return new Secret(File.ReadAllText(path));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new AlertingConfigurationException($"{where}File: {missing.Message}");
        }
    }
}
