"""Components and tags: what they say, what they leave out, what they never let through."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django import forms
from django.template import Context, engines
from django.test import RequestFactory

from baodao.base.days import clock
from baodao.web.frame import icons, keys
from baodao.web.frame.answers import page_of


class Form(forms.Form):
    name = forms.CharField(label="姓名", max_length=20, help_text="写全名")
    times = forms.IntegerField(label="几次", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("a", "在职"), ("b", "社区")], widget=forms.RadioSelect)
    yes = forms.BooleanField(label="接受邀请", required=False)
    file = forms.FileField(label="名单", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def render(source: str, **context: object) -> str:
    engine = engines["django"].engine
    from django_cotton.compiler_regex import CottonCompiler

    template = engine.from_string(CottonCompiler().process(source))
    return template.render(Context({"request": RequestFactory().get("/desk/needs/?state=new"), "csrf_token": "TOKEN", **context}))


def test_a_form_carries_both_tokens():
    html = render('<c-form action="/x/">内容</c-form>')
    assert 'action="/x/"' in html and "内容" in html and "csrfmiddlewaretoken" in html
    key = html.split('name="_key" value="')[1].split('"')[0]
    assert keys.is_fresh(key)


def test_a_public_form_carries_no_cookie_token_and_a_search_no_key():
    public = render('<c-form action="/x/" public="1">内容</c-form>')
    assert "_key" in public and "csrfmiddlewaretoken" not in public
    search = render('<c-form method="get">内容</c-form>')
    assert "_key" not in search and "csrfmiddlewaretoken" not in search


@pytest.mark.parametrize("name", ["name", "times"])
def test_a_field_has_a_visible_label_that_names_it(name):
    html = render("<c-field :field='field' />", field=Form()[name])
    assert f'<label class="field-label" for="id_{name}">' in html
    assert ("可不填" in html) is (name == "times")


def test_a_fields_fault_stands_at_the_field_and_is_tied_to_it():
    form = Form({})
    assert not form.is_valid()
    html = render("<c-field :field='field' />", field=form["name"])
    assert 'id="id_name_error"' in html and "错误：" in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html and 'aria-invalid="true"' in html


def test_a_choice_is_a_group_with_a_legend():
    html = render("<c-field :field='field' />", field=Form()["kind"])
    assert "<fieldset" in html and "<legend>类别" in html and html.count('class="check"') == 2


def test_a_tick_has_its_words_beside_it_and_a_file_its_box():
    assert render("<c-field :field='field' />", field=Form()["yes"]).count("接受邀请") == 1
    assert "data-drop" in render("<c-field :field='field' />", field=Form()["file"])


def test_the_summary_links_to_the_fields():
    form = Form({})
    form.is_valid()
    form.add_error(None, "这个名字已经有了")
    html = render("<c-errors :form='form' />", form=form)
    assert 'role="alert"' in html and 'href="#id_name"' in html and "这个名字已经有了" in html
    assert render("<c-errors :form='form' />", form=Form()).strip() == ""


def test_what_a_user_typed_is_never_markup():
    html = render('<c-tag tone="ok">{{ words }}</c-tag><c-code value="{{ words }}" />', words="<b>x</b>")
    assert "<b>" not in html and html.count("&lt;b&gt;") == 2


@pytest.mark.parametrize(("tier", "word", "shape"), [("urgent", "急", "●"), ("important", "重", "▲"), ("ordinary", "轻", "○"), ("can_wait", "缓", "◇")])
def test_a_tier_is_a_word_and_a_shape(tier, word, shape):
    html = render(f'<c-tier tier="{tier}" />')
    assert word in html and shape in html


def test_a_tag_has_an_icon_unless_it_is_mute():
    assert "<svg" in render('<c-tag tone="warn">等回执</c-tag>')
    assert "<svg" not in render("<c-tag>未开始</c-tag>")


@pytest.mark.parametrize(
    ("href", "path", "here"),
    [("/desk/", "/desk/", True), ("/desk/", "/desk/needs/", False), ("/desk/needs/", "/desk/needs/ABC/", True),
     ("/desk/needs/", "/desk/ledger/", False), ("/desk/needs/?state=new", "/desk/needs/", True)],
)  # fmt: skip
def test_the_menu_marks_where_one_is(href, path, here):
    html = render(f'<c-menu-item href="{href}" icon="home" words="今日" />', request=RequestFactory().get(path))
    assert ('aria-current="page"' in html) is here


def test_a_pager_keeps_the_filters():
    request = RequestFactory().get("/desk/ledger/?unit=U001&page=2")
    html = render("<c-pager :page='page' />", page=page_of(request, list(range(120))), request=request)
    assert "第 51–100 条，共 120 条" in html
    assert "?unit=U001&amp;page=1" in html and "?unit=U001&amp;page=3" in html


def test_an_element_is_there_only_with_its_content():
    assert render('{% around "p" "sub" %}  \n {% endaround %}') == ""
    assert render('{% around "p" "sub" %} 话 {% endaround %}') == '<p class="sub">话</p>'


def test_steps_show_what_is_done_and_where_one_is():
    html = render("<c-steps :steps='steps' now='2' />", steps=["上传", "核对", "完成"])
    assert html.count('class="done"') == 1 and html.count('aria-current="step"') == 1 and html.count('class="later"') == 1


@pytest.mark.parametrize("name", sorted(icons.ALIASES))
def test_every_alias_is_an_icon(name):
    assert "<svg" in icons.svg(name)


def test_an_icon_that_does_not_exist_cannot_ship():
    with pytest.raises(KeyError):
        icons.svg("no-such-icon")


@pytest.mark.parametrize(
    ("tag", "value", "shown"),
    [("day", date(2026, 11, 5), "11-05"), ("day", date(2025, 1, 2), "2025-01-02"), ("day", None, "—"),
     ("weekday", date(2026, 11, 22), "周日"), ("hm", datetime(2026, 11, 5, 9, 5, tzinfo=clock.ZONE), "09:05"), ("hm", None, "—")],
)  # fmt: skip
def test_days_and_times(tag, value, shown):
    assert render("{{ value|" + tag + " }}", value=value) == shown
