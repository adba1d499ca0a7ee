using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace SyncHealth.Alerting.Receivers.Smtp;

/// <summary>A mail server with one mailbox, which takes only mail that every client shows as it was meant.</summary>
internal sealed class SmtpFake(TimeProvider clock, ReceiverOptions options, RejectionLog rejections) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly List<SmtpMail> _mails = [];
    private TcpListener? _listener;

    public IReadOnlyList<SmtpMail> Mails
    {
        get
        {
            lock (_lock)
                return [.. _mails];
        }
    }

    /// <summary>Where it listens; null when it was not asked to.</summary>
    public int? Port => (_listener?.LocalEndpoint as IPEndPoint)?.Port;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.SmtpPort is { } port)
        {
            _listener = new TcpListener(options.SmtpAddress, port);
            _listener.Start();
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Keeps a message, or says what is wrong with it.</summary>
    public string Take(string raw, IReadOnlyList<string> recipients)
    {
        if (SmtpRules.Error(raw) is { } error)
            return Refuse("554 5.6.0 " + error);
        var headers = MailText.Headers(raw).ToLookup(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var id = headers["Message-ID"].Single();
        lock (_lock)
        {
            var index = _mails.FindIndex(mail => mail.Id == id);
            if (index >= 0)
                _mails[index] = _mails[index] with { Copies = _mails[index].Copies + 1 };
            else
                _mails.Add(new SmtpMail(id, headers["In-Reply-To"].SingleOrDefault(), MailText.Decode(headers["Subject"].Single()), recipients, raw, 1, clock.GetUtcNow())
                {
                    From = MailText.Decode(headers["From"].Single()),
                    Text = MailText.Content(MailText.Parts(headers["Content-Type"].Single(), MailText.Body(raw))[0])!,
                });
            if (_mails.Count > ReceiverLimits.KeptCount)
                _mails.RemoveAt(0);
        }

        return "250 2.0.0 taken";
    }

    /// <summary>Notes what was refused, and returns the answer.</summary>
    public string Refuse(string answer)
    {
        rejections.Add("smtp", int.Parse(answer.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), answer[4..]);
        return answer;
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_listener is not { } listener)
            return;
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stoppingToken);
                sessions.RemoveAll(session => session.IsCompleted);
                sessions.Add(ServeAsync(client, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            listener.Stop();
        }

        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stoppingToken)
    {
        using (client)
            try
            {
                await new SmtpSession(client.GetStream(), this, options).RunAsync(stoppingToken);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or FormatException)
            {
                rejections.Add("smtp", 0, $"the conversation broke off: {gone.GetType().Name}");
            }
    }
}
