filedesc://news.arc 0.0.0.0 20310312080000 text/plain 200 - - 0 news.arc 111
2 0 Mill
URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length

dns:lantern.example 192.0.2.53 20310312075959 text/dns 200 - - 200 news.arc 12
192.0.2.7 A

https://lantern.example/harbour/ouvel-ferry 192.0.2.7 20310312080000 text/html 200 3AB4C1 - 300 news.arc 1482
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Ouvel ferry to stop in May as ramps rust - Quillhaven Lantern</title>
</head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/harbour">Harbour</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>

<main><article>
<h1>Ouvel ferry to stop in May as ramps rust</h1>
<p class="byline">By Ada Brill</p>
<time datetime="2031-03-11T09:30:00+01:00">11 March 2031</time>
<p>The ferry across the Ouvel Sound will stop running on 1 May, the harbour board said on Tuesday, after inspectors found rust in both of its lifting ramps.</p>
<p>“We cannot put people on a boat whose doors we do not trust,” said Maren Tosk, who chairs the board.</p>
<p>Tosk said that repairs would last until the autumn and would cost about four million crowns.</p>
<p>The mayor of Quillhaven, Idris Vane, called the decision “a wall across the middle of our town” and asked the ministry for another vessel.</p>
<p>About 1,900 people use the crossing on a working day, according to figures that the board published in January.</p>
<p>“My staff live on one side and work on the other,” Vane told reporters outside the town hall. “Nobody has asked them how they will get home.”</p>
<p>A spokesman for the ministry declined to comment.</p>
</article></main>

<footer><p>© 2031 Quillhaven Lantern. All rights reserved.</p></footer>
</body></html>

