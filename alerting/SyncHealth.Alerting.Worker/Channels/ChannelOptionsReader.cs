using System.Globalization;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Worker.Channels.Email;
using SyncHealth.Alerting.Worker.Channels.Jira;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Channels.Slack;
using SyncHealth.Alerting.Worker.Channels.Webhook;

namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>Turns a receiver of a file into the options of its channel, and fetches its secrets from where the file says.</summary>
internal static class ChannelOptionsReader
{
    public static ChannelOptions Read(ReceiverDefinition definition, string file)
    {
        var options = ReadOfType(definition, file);
        options.Fallback = definition.Settings.GetValueOrDefault("fallback");
        return options;
    }

    private static ChannelOptions ReadOfType(ReceiverDefinition definition, string file)
    {
        var values = definition.Settings;
        if (definition.Type == ReceiverType.PagerDuty)
            return ReadPagerDuty(definition, values, file);
        if (definition.Type == ReceiverType.Slack)
            return ReadSlack(definition, values, file);
        if (definition.Type == ReceiverType.Email)
            return ReadEmail(definition, values, file);
        if (definition.Type == ReceiverType.Webhook)
            return new WebhookOptions(SecretOf("secret")) { Name = definition.Name, Url = AddressOf(values["url"]), Format = FormatOf(definition, file) };
        return ReadJira(definition, values, file);

        Secret SecretOf(string name) => ReadSecret(definition, name, file);
    }

    private static WebhookFormat FormatOf(ReceiverDefinition definition, string file) => definition.Settings.GetValueOrDefault("format") switch
    {
        null or "standard" => WebhookFormat.Standard,
        "alertmanager" => WebhookFormat.Alertmanager,
        var other => throw new AlertingConfigurationException($"{file}: line {definition.Line}: receivers.{definition.Name}.format: '{other}' is not known. Allowed: standard, alertmanager."),
    };

    private static PagerDutyOptions ReadPagerDuty(ReceiverDefinition definition, IReadOnlyDictionary<string, string> values, string file)
    {
        var pager = new PagerDutyOptions { Name = definition.Name, RoutingKey = ReadSecret(definition, "routingKey", file) };
        if (values.TryGetValue("url", out var url))
            pager.Url = AddressOf(url);
        if (values.TryGetValue("changeUrl", out var changes))
            pager.ChangeUrl = AddressOf(changes);
        return pager;
    }

    private static EmailOptions ReadEmail(ReceiverDefinition definition, IReadOnlyDictionary<string, string> values, string file)
    {
        var email = new EmailOptions
        {
            Name = definition.Name,
            Host = values["host"],
            From = values["from"],
            To = values["to"],
            Username = values.GetValueOrDefault("username"),
            Password = ReadIfNamed(definition, "password", file),
        };
        if (values.TryGetValue("port", out var port))
            email.Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (values.TryGetValue("tls", out var tls))
            email.Tls = tls switch
            {
                "starttls" => EmailTls.StartTls,
                "tls" => EmailTls.Tls,
                "none" => EmailTls.None,
                _ => throw new AlertingConfigurationException($"{file}: line {definition.Line}: receivers.{definition.Name}.tls: '{tls}' is not known. Allowed: starttls, tls, none."),
            };
        return email;
    }

    private static JiraOptions ReadJira(ReceiverDefinition definition, IReadOnlyDictionary<string, string> values, string file)
    {
        var jira = new JiraOptions
        {
            Name = definition.Name,
            BaseUrl = AddressOf(values["baseUrl"]),
            Project = values["project"],
            IssueType = values.GetValueOrDefault("issueType", "Bug"),
            Email = values["email"],
            Token = ReadSecret(definition, "token", file),
        };
        jira.WontDo = values.GetValueOrDefault("wontDo", jira.WontDo);
        if (values.TryGetValue("reopenWithin", out var text))
            jira.ReopenWithin = Durations.TryParse(text, out var window)
                ? window
                : throw new AlertingConfigurationException($"{file}: line {definition.Line}: receivers.{definition.Name}.reopenWithin: must be a duration. {Durations.Syntax}.");
        return jira;
    }

    private static SlackOptions ReadSlack(ReceiverDefinition definition, IReadOnlyDictionary<string, string> values, string file)
    {
        var slack = new SlackOptions
        {
            Name = definition.Name,
            WebhookUrl = ReadIfNamed(definition, "webhookUrl", file),
            BotToken = ReadIfNamed(definition, "botToken", file),
            Channel = values.GetValueOrDefault("channel"),
        };
        if (values.TryGetValue("apiUrl", out var api))
            slack.ApiUrl = AddressOf(api);
        return slack;
    }

    private static Secret ReadIfNamed(ReceiverDefinition definition, string name, string file) =>
        definition.Settings.ContainsKey(name + "File") || definition.Settings.ContainsKey(name + "Env") ? ReadSecret(definition, name, file) : new Secret("");

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
